-- Files of codes that were uploaded, each loaded by a job. Nothing here is about patients.
create table code_upload (
    id               uuid primary key,
    label            text        not null,
    -- of the file in the content store
    sha256           text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    -- first day of what tells none itself
    valid_from       date,
    started_by       uuid        not null,
    facility_id      uuid        not null,
    state            text        not null check (state in ('waiting', 'running', 'done', 'cancelled', 'failed')),
    cancel_requested boolean     not null default false,
    created_at       timestamptz not null,
    finished_at      timestamptz,
    active_millis    bigint      not null default 0,
    files            integer     not null default 0,
    files_done       integer     not null default 0,
    bytes            bigint      not null default 0,
    bytes_done       bigint      not null default 0,
    -- the file that is read at the moment
    reading          text,
    -- reference of the error in the log
    fault            text
);
create index code_upload_newest on code_upload (created_at desc, id desc);

-- What became of each file in it, in the order in which they were found.
create table code_upload_file (
    upload_id  uuid    not null references code_upload,
    place      integer not null,
    file       text    not null,
    kind       text,
    release    text,
    valid_from date,
    status     text    not null check (status in ('LOADED', 'UNCHANGED', 'SKIPPED', 'REFUSED')),
    row_count  integer not null,
    billable   integer not null,
    added      integer not null,
    revised    integer not null,
    ended      integer not null,
    reason     text,
    primary key (upload_id, place)
);

create index code_release_newest on code_release (kind, valid_from desc, id desc);

grant select, insert, update on code_upload, code_upload_file to chartkeeper_app;

insert into role_permission (role_key, permission)
select key, 'code.sets' from role where key = 'administrator' and shipped
on conflict do nothing;
