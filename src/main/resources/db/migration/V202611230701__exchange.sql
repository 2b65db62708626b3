-- Records in: runs of imports, what they met, and what became of it.

-- One import of one or more files into one facility, from one source.
create table import_run (
    id               uuid primary key,
    source           text        not null check (length(source) between 1 and 100),
    facility_id      uuid        not null,
    started_by       uuid        not null,
    origin           text        not null check (origin in ('command line', 'upload')),
    label            text        not null,
    state            text        not null check (state in ('waiting', 'running', 'done', 'cancelled', 'failed')),
    cancel_requested boolean     not null default false,
    -- of source, facility and the hashes of all files: a run that was cut off is known again by it
    fingerprint      text        not null,
    -- an upload as it came, before its files were found in it
    upload_sha256    text,
    created_at       timestamptz not null,
    started_at       timestamptz,
    finished_at      timestamptz,
    -- where it stands: everything before was committed in the same transaction as this
    pass             integer     not null default 1,
    file_ordinal     integer     not null default 1,
    entry            integer     not null default 0,
    bytes_total      bigint      not null default 0,
    bytes_done       bigint      not null default 0,
    active_millis    bigint      not null default 0,
    fault            text
);
create index import_run_newest on import_run (created_at desc, id desc);
create index import_run_open on import_run (fingerprint) where state in ('waiting', 'running', 'cancelled', 'failed');

create table import_file (
    id      bigint generated always as identity primary key,
    run_id  uuid    not null references import_run,
    ordinal integer not null,
    name    text    not null,
    sha256  text    not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size    bigint  not null,
    -- why nothing of it can be read
    problem text,
    unique (run_id, ordinal)
);

-- What became of the resources of a type.
create table import_count (
    run_id        uuid   not null references import_run,
    resource_type text   not null,
    stored        bigint not null,
    updated       bigint not null,
    unchanged     bigint not null,
    kept          bigint not null,
    refused       bigint not null,
    primary key (run_id, resource_type)
);

create table import_problem (
    id           bigint generated always as identity primary key,
    run_id       uuid    not null references import_run,
    file_ordinal integer not null,
    entry        integer not null,
    kind         text    not null check (kind in ('refused', 'kept', 'warning')),
    reason       text    not null
);
create index import_problem_of_run on import_problem (run_id, id);

-- References that lead to nothing here: one row for each, with the first place and how many there are.
create table import_unresolved (
    run_id       uuid    not null references import_run,
    reference    text    not null,
    file_ordinal integer not null,
    entry        integer not null,
    places       bigint  not null,
    primary key (run_id, reference)
);

-- Entries put off to the end of their run, because another entry that they refer to was not yet there.
create table import_deferred (
    run_id       uuid    not null references import_run,
    file_ordinal integer not null,
    entry        integer not null,
    primary key (run_id, file_ordinal, entry)
);

-- Practitioners, their roles, organizations and locations of a source, kept whole; never users or facilities of ours.
create table directory_entry (
    id            uuid primary key,
    source        text        not null,
    resource_type text        not null,
    source_id     text        not null,
    name          text        not null,
    content       json        not null,
    received_at   timestamptz not null,
    unique (source, resource_type, source_id)
);

-- Identifiers by which a conditional reference (Practitioner?identifier=system|value) finds its target.
create table source_identifier (
    resource_type text not null,
    system        text not null,
    value         text not null,
    source        text not null,
    target_kind   text not null,
    target_id     uuid not null,
    patient_id    uuid,
    primary key (resource_type, system, value, source)
);

-- Changes at a source that met an entry changed here: they wait for a person. The newest of each resource.
create table parked_resource (
    id            uuid primary key,
    source        text        not null,
    resource_type text        not null,
    source_id     text        not null,
    target_kind   text        not null,
    target_id     uuid        not null,
    patient_id    uuid,
    facility_id   uuid        not null,
    run_id        uuid        not null references import_run,
    file_ordinal  integer     not null,
    entry         integer     not null,
    -- the resource's JSON, compressed (gzip)
    content       bytea       not null,
    reason        text        not null,
    parked_at     timestamptz not null,
    unique (source, resource_type, source_id)
);

create index parked_resource_facility on parked_resource (facility_id, id);

-- For a target that is an entry: its version as the import wrote it last, and whether that one is locked. A newer version
-- there was made here.
alter table source_identity
    add column version integer,
    add column locked  boolean not null default false,
    add column file_id bigint;

grant select, insert, update, delete on import_run, import_file, import_count, import_problem, import_unresolved,
    import_deferred, directory_entry, source_identifier, parked_resource to chartkeeper_app;
