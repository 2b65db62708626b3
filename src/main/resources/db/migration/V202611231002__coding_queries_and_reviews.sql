-- Queries to clinicians, and second reviews of what was coded.

create table coding_query (
    id              uuid primary key,
    case_id         uuid        not null references coding_case,
    patient_id      uuid        not null references patient,
    facility_id     uuid        not null references facility,
    -- the note that the answer is to amend; null where none fits and the answer is a note of its own
    note_id         uuid references entry,
    practitioner    uuid        not null references practitioner,
    kind            text        not null check (kind in ('concurrent', 'retrospective', 'after bill')),
    form            text        not null check (form in ('choice', 'yes-no', 'open')),
    purpose         text        not null check (purpose in ('new', 'documented', 'poa', 'link')),
    title           text        not null,
    question        text        not null,
    options         jsonb       not null default '[]',
    verbal          boolean     not null default false,
    asked_by        uuid        not null references app_user,
    asked_at        timestamptz not null,
    due_at          timestamptz not null,
    escalated_at    timestamptz,
    state           text        not null check (state in ('sent', 'answered', 'withdrawn')),
    chosen          text,
    answer          text,
    answered_by     uuid references app_user,
    answered_at     timestamptz,
    answer_entry    uuid references entry,
    -- what became of the codes
    outcome         text check (outcome in ('codes changed', 'codes unchanged')),
    withdrawn       text,
    closed_at       timestamptz,
    check ((state = 'answered') = (answered_at is not null)),
    check (state <> 'answered' or answer_entry is not null)
);
create index coding_query_case on coding_query (case_id);
create index coding_query_patient on coding_query (patient_id);
create index coding_query_waiting on coding_query (practitioner, due_at) where state = 'sent';
create index coding_query_asked on coding_query (facility_id, asked_at);

-- What the question rests on, as it stood when it was asked.
create table coding_query_indicator (
    query_id      uuid    not null references coding_query,
    position      integer not null,
    entry_id      uuid    not null references entry,
    entry_version integer not null,
    quote         text    not null,
    label         text    not null,
    -- why words of another visit matter now; null for words of this one
    relevance     text,
    primary key (query_id, position)
);

-- So many in a hundred of a coder's cases are coded a second time; without a row the facility's share holds.
create table coding_review_share (
    user_id uuid primary key references app_user,
    percent integer not null check (percent between 0 and 100)
);

create table coding_review (
    id          uuid primary key,
    case_id     uuid        not null references coding_case,
    patient_id  uuid        not null references patient,
    facility_id uuid        not null references facility,
    why         text        not null,
    coder       uuid        not null references app_user,
    reviewer    uuid references app_user,
    opened_at   timestamptz not null,
    started_at  timestamptz,
    compared_at timestamptz,
    closed_at   timestamptz,
    check (reviewer is null or reviewer <> coder)
);
create unique index coding_review_open on coding_review (case_id) where closed_at is null;
create index coding_review_coder on coding_review (coder, closed_at);
create index coding_review_patient on coding_review (patient_id);

-- One code of either, with what was found: both gave it, or one of them is right for a reason.
create table coding_review_line (
    review_id     uuid    not null references coding_review,
    position      integer not null,
    section       text    not null,
    -- codes as given; null where one of them gave none
    coder_code    text,
    reviewer_code text,
    principal     boolean not null,
    right_one     text check (right_one in ('both', 'coder', 'reviewer', 'neither')),
    reason        text,
    primary key (review_id, position),
    check (coder_code is not null or reviewer_code is not null)
);

create trigger coding_query_indicator_only_grows before update or delete or truncate on coding_query_indicator
    for each statement execute function refuse_change();
alter table coding_query_indicator enable always trigger coding_query_indicator_only_grows;

grant select, insert, update on coding_query, coding_review, coding_review_line to chartkeeper_app;
grant select, insert, update, delete on coding_review_share to chartkeeper_app;
grant select, insert on coding_query_indicator to chartkeeper_app;
