-- What every module stands on: the application's role, extensions, idempotency, jobs, sessions.

-- Two roles: whoever runs this owns the tables, chartkeeper_app works on them and owns nothing. The embedded server
-- has both already; on another server the role is made here where the account may, and has to be made before where not.
do $$
begin
    if not exists (select from pg_roles where rolname = 'chartkeeper_app') then
        begin
            create role chartkeeper_app nologin;
        exception when insufficient_privilege then
            raise exception 'The role chartkeeper_app is missing and this account may not make it. Have an administrator run: CREATE ROLE chartkeeper_app LOGIN PASSWORD ''...'';';
        end;
    end if;
end
$$;

set local client_min_messages = warning;
create extension if not exists pg_trgm;
create extension if not exists unaccent;
create extension if not exists fuzzystrmatch;
create extension if not exists btree_gist;

revoke create on schema public from public;
grant usage on schema public to chartkeeper_app;

-- The answer of each submitted form, by who sent it and the key that the form carried.
create table idempotency_key (
    actor  uuid        not null,
    key    text        not null check (length(key) between 1 and 100),
    answer text        not null,
    at     timestamptz not null,
    primary key (actor, key)
);
create index idempotency_key_at on idempotency_key (at);
grant select, insert, update, delete on idempotency_key to chartkeeper_app;

-- Jobs (db-scheduler 16, its own definition).
create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures int,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    state                text,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);
create index scheduled_tasks_priority on scheduled_tasks (priority desc, execution_time asc);
grant select, insert, update, delete on scheduled_tasks to chartkeeper_app;

-- Sessions (Spring Session 4, its own definition).
create table spring_session (
    primary_id            char(36) not null primary key,
    session_id            char(36) not null,
    creation_time         bigint   not null,
    last_access_time      bigint   not null,
    max_inactive_interval int      not null,
    expiry_time           bigint   not null,
    principal_name        varchar(100)
);
create unique index spring_session_session_id on spring_session (session_id);
create index spring_session_expiry_time on spring_session (expiry_time);
create index spring_session_principal_name on spring_session (principal_name);

create table spring_session_attributes (
    session_primary_id char(36)     not null references spring_session on delete cascade,
    attribute_name     varchar(200) not null,
    attribute_bytes    bytea        not null,
    primary key (session_primary_id, attribute_name)
);
grant select, insert, update, delete on spring_session, spring_session_attributes to chartkeeper_app;
