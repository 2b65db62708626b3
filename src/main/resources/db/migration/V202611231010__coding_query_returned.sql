-- A clinician who is not the one to answer sends a query back; the reason stands where that of a withdrawn one does.

alter table coding_query drop constraint coding_query_state_check;
alter table coding_query add constraint coding_query_state_check
    check (state in ('sent', 'answered', 'withdrawn', 'returned'));
