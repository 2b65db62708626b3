-- The version of the case that a step or a change of its codes made, so that a form which comes too late can be shown what
-- stood when it was opened and what happened since. Null for what was there before.

alter table coding_step add column case_version integer;
alter table coding_revision add column case_version integer;
