-- The diagnosis, procedure and physician indexes (42 CFR 482.24(b)) read final cases by the day on which they ended.

create index coding_case_ended on coding_case (facility_id, ended_at) where state = 'final coded';
