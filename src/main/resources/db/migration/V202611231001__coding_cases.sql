-- Coding cases: what is coded of one or more visits, with its evidence, overrides and history.

-- How coding works at a facility. A facility without a row codes as an acute hospital.
create table coding_policy (
    facility_id     uuid primary key references facility,
    facility_type   text    not null default 'acute' check (facility_type in ('acute', 'cah', 'psych', 'rehab', 'other')),
    -- of each coder's finished cases so many in a hundred are coded a second time
    review_percent  integer not null default 5 check (review_percent between 0 and 100),
    -- rules whose override sends a case to second review, separated by blanks
    review_rules    text    not null default '',
    -- days within which a query is to be answered
    query_days      integer not null default 3 check (query_days between 1 and 60),
    -- whether queries belong to the legal record or to the business record of the facility
    query_record    text    not null default 'business' check (query_record in ('business', 'legal'))
);

create table coding_case (
    id              uuid primary key,
    patient_id      uuid        not null references patient,
    facility_id     uuid        not null references facility,
    kind            text        not null check (kind in ('facility', 'professional', 'series')),
    klass           text        not null check (klass in ('inpatient', 'ambulatory', 'emergency', 'observation')),
    payer           text        not null check (payer in ('medicare', 'medicaid', 'commercial', 'self', 'other')),
    -- first day of the month of a series, null for others
    month           date,
    attending       uuid,
    attending_name  text,
    account_number  text,
    reason          text,
    started_at      timestamptz not null,
    -- discharge, or end of service; null while the visit lasts and the case is coded concurrently
    ended_at        timestamptz,
    disposition     text,
    state           text        not null check (state in ('not coded', 'in progress', 'held', 'query pending',
                        'second review', 'final coded', 'reopened', 'combined')),
    hold_reason     text check (hold_reason in ('missing document', 'missing discharge disposition', 'supervisor')),
    hold_note       text,
    held_by         uuid,
    held_at         timestamptz,
    priority        integer     not null default 0 check (priority between 0 and 2),
    claimed_by      uuid references app_user,
    claimed_at      timestamptz,
    -- who coded it, kept when the case is given back
    coder           uuid references app_user,
    final_by        uuid references app_user,
    final_at        timestamptz,
    -- a case that was final is reopened before or after the bill went out
    reopened        text check (reopened in ('before bill', 'after bill')),
    combined_into   uuid references coding_case,
    version         integer     not null,
    created_at      timestamptz not null,
    changed_at      timestamptz not null,
    check ((state = 'held') = (hold_reason is not null)),
    check ((state = 'combined') = (combined_into is not null)),
    check (state <> 'final coded' or (ended_at is not null and final_at is not null))
);
create index coding_case_queue on coding_case (facility_id, priority desc, ended_at, id)
    where state not in ('final coded', 'combined');
create index coding_case_patient on coding_case (patient_id);
create index coding_case_owner on coding_case (claimed_by) where state not in ('final coded', 'combined');
create index coding_case_final on coding_case (facility_id, final_at) where state = 'final coded';

create table coding_case_visit (
    case_id      uuid not null references coding_case,
    encounter_id uuid not null references encounter,
    kind         text not null,
    primary key (case_id, encounter_id),
    unique (encounter_id, kind)
);

-- Every state that a case had, for its history and its clocks.
create table coding_step (
    case_id uuid        not null references coding_case,
    number  integer     not null,
    state   text        not null,
    what    text        not null,
    reason  text,
    by_user uuid        not null references app_user,
    at      timestamptz not null,
    primary key (case_id, number)
);

-- The codes as they stand: of the coder, and of whoever codes blind a second time.
create table coding_code (
    id             uuid primary key,
    case_id        uuid        not null references coding_case,
    book           text        not null check (book in ('coder', 'review')),
    section        text        not null check (section in ('diagnosis', 'procedure')),
    position       integer     not null,
    system         text        not null check (system in ('icd10cm', 'icd10pcs', 'hcpcs', 'cpt')),
    code           text        not null,
    display        text        not null,
    role           text check (role in ('principal', 'secondary', 'admitting', 'reason')),
    poa            text check (poa in ('Y', 'N', 'U', 'W', '1', 'X', 'E')),
    done_on        date,
    performer      uuid,
    performer_name text,
    modifiers      text        not null default '',
    units          numeric,
    pointers       text        not null default '',
    -- why the code is to be looked at again; null where it stands
    to_review      text,
    -- why there is no evidence
    unsupported    text,
    -- how it came: typed, suggestion, repair, specificity
    origin         text        not null,
    added_by       uuid        not null references app_user,
    added_at       timestamptz not null,
    check ((section = 'diagnosis') = (role is not null))
);
create index coding_code_case on coding_code (case_id, book, section, position);
create index coding_code_index on coding_code (system, code text_pattern_ops, case_id) where book = 'coder';

-- What a code rests on: words of an entry, at the version in which they were read.
create table coding_evidence (
    id            uuid primary key,
    code_id       uuid        not null references coding_code on delete cascade,
    entry_id      uuid        not null references entry,
    entry_version integer     not null,
    quote         text        not null,
    label         text        not null,
    linked_by     uuid        not null references app_user,
    linked_at     timestamptz not null
);
create index coding_evidence_code on coding_evidence (code_id);
create index coding_evidence_entry on coding_evidence (entry_id);

-- A finding that a person answered for. It holds for exactly that finding: another message needs another answer.
create table coding_override (
    id         uuid primary key,
    case_id    uuid        not null references coding_case,
    book       text        not null,
    finding    text        not null,
    rule       text        not null,
    severity   text        not null,
    message    text        not null,
    reason     text        not null,
    by_user    uuid        not null references app_user,
    at         timestamptz not null,
    -- taken back by whoever may work on the case; it stays in the history
    ended_at   timestamptz
);
create index coding_override_case on coding_override (case_id);

-- Every set of codes that ever stood, whole, with who changed what.
create table coding_revision (
    case_id uuid        not null references coding_case,
    book    text        not null,
    number  integer     not null,
    what    text        not null,
    codes   jsonb       not null,
    by_user uuid        not null references app_user,
    at      timestamptz not null,
    primary key (case_id, book, number)
);

create trigger coding_step_only_grows before update or delete or truncate on coding_step
    for each statement execute function refuse_change();
alter table coding_step enable always trigger coding_step_only_grows;
create trigger coding_revision_only_grows before update or delete or truncate on coding_revision
    for each statement execute function refuse_change();
alter table coding_revision enable always trigger coding_revision_only_grows;

grant select, insert, update on coding_policy, coding_case, coding_override to chartkeeper_app;
grant select, insert, update, delete on coding_case_visit, coding_code, coding_evidence to chartkeeper_app;
grant select, insert on coding_step, coding_revision to chartkeeper_app;

insert into role_permission (role_key, permission)
values ('supervisor', 'coding.work'),
       ('supervisor', 'coding.supervise'),
       ('supervisor', 'coding.review'),
       ('coder', 'coding.review')
on conflict do nothing;
