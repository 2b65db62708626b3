-- Findings of drug orders for the worklist of prescriptions, and what people did about them.

-- Whose orders are to be checked: put here in the transaction that changes what they are checked against.
create table coding_order_due (
    patient_id uuid primary key references patient,
    since      timestamptz not null
);
create index coding_order_due_since on coding_order_due (since);

-- Derived: an order that is active or a draft, as it was checked last. Can be thrown away and made anew.
create table coding_order_check (
    order_id        uuid primary key references entry,
    patient_id      uuid        not null references patient,
    facility_id     uuid        not null references facility,
    encounter_id    uuid,
    order_version   integer     not null,
    drug            text        not null,
    directions      text        not null,
    prescriber      uuid,
    prescriber_name text        not null,
    ordered_at      timestamptz not null,
    draft           boolean     not null,
    -- waiting: a change waits for its signature; declined, returned: what became of the last proposal
    state           text        not null check (state in ('open', 'waiting', 'declined', 'returned')),
    -- the prescriber's words
    said            text,
    -- 0 to 3: the worst open finding is hard, review, warning, information; 9: none is open
    rank            integer     not null check (rank in (0, 1, 2, 3, 9)),
    checked_at      timestamptz not null,
    -- the day that was taken as today: some rules count days
    checked_for     date        not null,
    -- name, version and date of what it was checked by
    tables          text        not null
);
create index coding_order_check_queue on coding_order_check (facility_id, rank, ordered_at, order_id);
create index coding_order_check_patient on coding_order_check (patient_id);

create table coding_order_finding (
    order_id uuid    not null references coding_order_check on delete cascade,
    key      text    not null,
    position integer not null,
    rule     text    not null,
    severity text    not null check (severity in ('H', 'R', 'W', 'I')),
    message  text    not null,
    primary key (order_id, key)
);
create index coding_order_finding_rule on coding_order_finding (rule, order_id);

-- Evidence: who answered for a finding and why, who proposed what.
create table coding_order_step (
    id         uuid primary key,
    order_id   uuid        not null references entry,
    patient_id uuid        not null references patient,
    what       text        not null check (what in ('answered', 'taken back', 'proposed', 'withdrawn')),
    finding    text,
    rule       text,
    severity   text,
    message    text,
    reason     text        not null,
    -- the order that is to replace this one
    proposal   uuid references entry,
    by_user    uuid        not null references app_user,
    at         timestamptz not null,
    check ((what in ('answered', 'taken back')) = (finding is not null and proposal is null)),
    check ((what in ('proposed', 'withdrawn')) = (proposal is not null))
);
create index coding_order_step_order on coding_order_step (order_id, at);
create index coding_order_step_patient on coding_order_step (patient_id);

create trigger coding_order_step_only_grows before update or delete or truncate on coding_order_step
    for each statement execute function refuse_change();
alter table coding_order_step enable always trigger coding_order_step_only_grows;

grant select, insert, update, delete on coding_order_due, coding_order_check, coding_order_finding to chartkeeper_app;
grant select, insert on coding_order_step to chartkeeper_app;

-- Orders that are there already are checked when the application is up.
insert into coding_order_due (patient_id, since)
select distinct e.patient_id, now() from entry e where e.type = 'medication-order' and e.listed;
