-- What was seen and done. Rows are added, never changed or removed; seals prove that none was.

-- Refuses every change of a table that may only grow. A superuser could switch the trigger off; the seals would show it.
create function refuse_change() returns trigger
    language plpgsql as
$$
begin
    raise exception 'rows of % are only added, never changed or removed', tg_table_name using errcode = '42501';
end
$$;

-- Which PostgreSQL cluster this is: transaction ids mean something only within one.
create function audit_cluster() returns bigint
    language sql stable security definer set search_path = pg_catalog as
$$
select system_identifier from pg_control_system()
$$;
revoke all on function audit_cluster() from public;
grant execute on function audit_cluster() to chartkeeper_app;

create table audit_event (
    occurred_at         timestamptz not null,
    id                  uuid        not null,
    facility_id         uuid,
    actor_id            uuid,
    role                text,
    session_hash        text check (session_hash ~ '^[0-9a-f]{64}$'),
    address             text check (length(address) <= 45),
    node                text        not null,
    patient_id          uuid,
    subject_type        text,
    subject_id          text,
    subject_version     int,
    action              text        not null check (action ~ '^[a-z][a-z0-9.-]{1,60}$'),
    outcome             text        not null check (outcome in ('done', 'refused', 'failed')),
    reason              text,
    count               int,
    details             text,
    cluster             bigint      not null,
    transaction_id      bigint      not null,
    application_version text        not null,
    -- SHA-256 over the canonical JSON of everything above
    hash                bytea       not null check (length(hash) = 32),
    primary key (occurred_at, id)
) partition by range (occurred_at);

create index audit_event_patient on audit_event (patient_id, occurred_at desc, id desc) where patient_id is not null;
create index audit_event_actor on audit_event (actor_id, occurred_at desc, id desc);
create index audit_event_action on audit_event (action, occurred_at desc, id desc);
create index audit_event_transaction on audit_event (cluster, transaction_id, occurred_at, id);

create trigger audit_event_only_grows before update or delete on audit_event
    for each row execute function refuse_change();
create trigger audit_event_is_not_changed before update or delete or truncate on audit_event
    for each statement execute function refuse_change();

create table audit_event_default partition of audit_event default;
create trigger audit_event_is_not_changed before update or delete or truncate on audit_event_default
    for each statement execute function refuse_change();

-- Makes the monthly partitions from a month to so many months after the present one; answers how many it made. Only the
-- owner can make partitions, so the application calls this with the owner's rights. A month whose rows already went to
-- the default partition stays there.
create function audit_make_partitions(since date, ahead int) returns int
    language plpgsql security definer set search_path = public, pg_temp as
$$
declare
    month date := date_trunc('month', since);
    name  text;
    made  int  := 0;
begin
    if ahead not between 0 and 120 or since < date '2020-01-01' then
        raise exception 'partitions from % for % months are out of bounds', since, ahead;
    end if;
    while month <= date_trunc('month', now() at time zone 'UTC') + make_interval(months => ahead)
        loop
            name := 'audit_event_' || to_char(month, 'YYYY_MM');
            if to_regclass('public.' || name) is null then
                begin
                    execute format('create table %I partition of audit_event for values from (%L) to (%L)', name,
                                   month::text || ' 00:00:00+00',
                                   (month + interval '1 month')::date::text || ' 00:00:00+00');
                    execute format('create trigger audit_event_is_not_changed before update or delete or truncate'
                                       ' on %I for each statement execute function refuse_change()', name);
                    made := made + 1;
                exception
                    when check_violation then
                        raise warning 'rows of % stand in the default partition', month;
                end;
            end if;
            month := month + interval '1 month';
        end loop;
    return made;
end
$$;
revoke all on function audit_make_partitions(date, int) from public;
grant execute on function audit_make_partitions(date, int) to chartkeeper_app;

select audit_make_partitions(date '2026-01-01', 24);

-- Every seal covers all events of transactions from from_transaction up to, but not including, to_transaction of one
-- cluster: when it is made none of those is still running, so nothing can be added to it later.
create table audit_seal (
    number           bigint primary key check (number > 0),
    sealed_at        timestamptz not null,
    cluster          bigint      not null,
    from_transaction bigint      not null,
    to_transaction   bigint      not null check (to_transaction > from_transaction),
    count            int         not null check (count > 0),
    -- Merkle tree (RFC 6962, section 2.1) over the events' hashes in the order of
    -- (transaction_id, occurred_at, id)
    root             bytea       not null check (length(root) = 32),
    -- hash of the seal before; null for the first
    previous         bytea check (length(previous) = 32),
    -- SHA-256 over the canonical JSON of everything above
    hash             bytea       not null check (length(hash) = 32)
);
create trigger audit_seal_is_not_changed before update or delete or truncate on audit_seal
    for each statement execute function refuse_change();

grant select, insert on audit_event, audit_seal to chartkeeper_app;
