-- When a visit came to its case: one of a series that comes while the month's case is coded a second time is no part of
-- what is compared, and the case goes back to its coder for it.

alter table coding_case_visit add column added_at timestamptz not null default now();
update coding_case_visit v set added_at = c.created_at from coding_case c where c.id = v.case_id;
