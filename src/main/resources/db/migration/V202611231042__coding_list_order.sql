-- The lists of coding are read in their order off an index, so that who may see a case is asked of as many as are shown.

drop index coding_case_queue;
create index coding_case_queue on coding_case (facility_id, (-priority), (coalesce(ended_at, 'infinity')), id)
    where state not in ('final coded', 'combined');
create index coding_case_state on coding_case (facility_id, state, (-priority), (coalesce(ended_at, 'infinity')), id);
create index coding_query_due on coding_query (facility_id, due_at, id) where state = 'sent';
create index coding_order_check_prescriber on coding_order_check (facility_id, prescriber, prescriber_name)
    where rank <= 2;
