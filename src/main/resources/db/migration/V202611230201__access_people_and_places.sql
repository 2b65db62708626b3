-- Who may do and see what: facilities, people, roles, care relations, restrictions.

create table facility (
    id               uuid primary key,
    code             text        not null unique check (code ~ '^[A-Z][A-Z0-9]{1,9}$'),
    name             text        not null check (length(name) between 1 and 120),
    zone             text        not null,
    part2            boolean     not null default false,
    update_due_hours int         not null default 48 check (update_due_hours between 1 and 720),
    active           boolean     not null default true,
    version          int         not null default 1
);
comment on column facility.part2 is 'Part 2 program (42 CFR 2.11): all its entries carry that label';

-- How labels of sensitivity act: a closed one is read by who stated the entry and by who has the permission.
create table sensitivity_label (
    key        text primary key check (key ~ '^[a-z][a-z0-9-]{1,30}$'),
    name       text not null,
    permission text,
    position   int  not null
);
comment on column sensitivity_label.permission is 'what it takes to read the entries of others; null where the chart is enough';
insert into sensitivity_label (key, name, permission, position)
values ('part2', 'Part 2 program', 'chart.part2', 1),
       ('psychotherapy', 'Psychotherapy note', 'chart.psychotherapy', 2),
       ('sud-counseling', 'SUD counseling note', 'chart.psychotherapy', 3),
       ('mental-health', 'Mental health', null, 4),
       ('hiv', 'HIV', null, 5),
       ('genetic', 'Genetic', null, 6),
       ('reproductive', 'Reproductive', null, 7),
       ('minor-consent', 'Minor''s own consent', null, 8);

create table department (
    id          uuid primary key,
    facility_id uuid    not null references facility,
    code        text    not null check (code ~ '^[A-Z0-9][A-Z0-9-]{0,19}$'),
    name        text    not null check (length(name) between 1 and 120),
    sensitivity text references sensitivity_label,
    active      boolean not null default true,
    version     int     not null default 1,
    unique (facility_id, code)
);

create table app_user (
    id               uuid primary key,
    login            text        not null unique check (login ~ '^[a-z0-9][a-z0-9._@-]{0,79}$'),
    name             text        not null check (length(name) between 1 and 120),
    email            text,
    password_hash    text,
    status           text        not null check (status in ('invited', 'active', 'disabled')),
    change_password  boolean     not null default false,
    -- sessions that began before this are over
    sessions_from    timestamptz not null,
    last_facility_id uuid references facility,
    last_sign_in     timestamptz,
    created_at       timestamptz not null,
    version          int         not null default 1,
    check (status <> 'active' or password_hash is not null)
);
create index app_user_name on app_user (lower(name), id);

-- The system itself. It has no password and cannot sign in.
insert into app_user (id, login, name, status, sessions_from, created_at)
values ('00000000-0000-7000-8000-000000000001', 'system', 'System', 'disabled', '2026-01-01T00:00Z', '2026-01-01T00:00Z');

create table practitioner (
    id              uuid primary key,
    family_name     text    not null,
    given_name      text    not null,
    prefix          text,
    npi             text check (npi ~ '^[0-9]{10}$'),
    prescriber_kind text    not null default 'other' check (prescriber_kind in ('physician', 'nurse', 'other')),
    user_id         uuid unique references app_user,
    source          text,
    source_id       text,
    active          boolean not null default true,
    version         int     not null default 1,
    unique (source, source_id),
    check ((source is null) = (source_id is null))
);
comment on column practitioner.source is 'where an imported directory entry came from; null for practitioners of ours';

create table practitioner_facility (
    practitioner_id uuid not null references practitioner,
    facility_id     uuid not null references facility,
    primary key (facility_id, practitioner_id)
);

create table role (
    key     text primary key check (key ~ '^[a-z][a-z0-9-]{1,39}$'),
    name    text    not null unique check (length(name) between 1 and 60),
    shipped boolean not null default false,
    version int     not null default 1
);

create table role_permission (
    role_key   text not null references role,
    permission text not null,
    primary key (role_key, permission)
);

create table user_role (
    user_id     uuid not null references app_user,
    facility_id uuid not null references facility,
    role_key    text not null references role,
    primary key (user_id, facility_id, role_key)
);
create index user_role_role on user_role (role_key);

insert into role (key, name, shipped)
values ('records-specialist', 'Records specialist', true),
       ('coder', 'Coder', true),
       ('release-specialist', 'Release specialist', true),
       ('supervisor', 'Supervisor', true),
       ('clinician', 'Clinician', true),
       ('privacy-officer', 'Privacy officer', true),
       ('administrator', 'Administrator', true);

insert into role_permission (role_key, permission)
select role_key, unnest(string_to_array(permissions, ' '))
from (values ('records-specialist',
              'patient.search patient.read patient.register patient.edit chart.read chart.read-all visit.update code.search'),
             ('coder', 'patient.search patient.read chart.read chart.read-all code.search coding.work'),
             ('release-specialist', 'patient.search patient.read chart.read chart.read-all chart.part2 code.search release.work'),
             ('supervisor',
              'patient.search patient.read patient.register patient.edit chart.read chart.read-all chart.part2 visit.update visit.reassign import.run code.search system.status'),
             ('clinician', 'patient.search patient.read chart.read chart.emergency chart.sign code.search'),
             ('privacy-officer', 'patient.search patient.read chart.read chart.read-all chart.part2 audit.read'),
             ('administrator', 'user.manage role.manage facility.manage audit.read import.run system.status')) shipped (role_key, permissions);

-- Where a patient has an MRN or a visit.
create table patient_facility (
    patient_id  uuid        not null,
    facility_id uuid        not null references facility,
    since       timestamptz not null,
    primary key (patient_id, facility_id)
);
create index patient_facility_facility on patient_facility (facility_id, patient_id);

create table care_relation (
    id              uuid primary key,
    patient_id      uuid not null,
    practitioner_id uuid not null references practitioner,
    kind            text not null check (kind in ('visit', 'pcp', 'care-team', 'recipient', 'covering')),
    encounter_id    uuid,
    until           timestamptz,
    unique nulls not distinct (practitioner_id, patient_id, kind, encounter_id)
);
create index care_relation_patient on care_relation (patient_id, practitioner_id);

-- Shuts a patient's chart: to one user or to all, at one facility or everywhere. An exception opens it to one user again.
create table patient_restriction (
    id          uuid primary key,
    patient_id  uuid        not null,
    facility_id uuid references facility,
    user_id     uuid references app_user,
    exception   boolean     not null default false,
    reason      text        not null,
    stated_by   uuid        not null references app_user,
    since       timestamptz not null,
    until       timestamptz,
    check (not exception or user_id is not null)
);
create index patient_restriction_patient on patient_restriction (patient_id);

-- Charts opened by giving a reason.
create table emergency_access (
    id          uuid primary key,
    patient_id  uuid        not null,
    user_id     uuid        not null references app_user,
    reason_code text        not null,
    reason_text text        not null,
    opened_at   timestamptz not null,
    until       timestamptz not null
);
create index emergency_access_user on emergency_access (user_id, patient_id, until desc);
create index emergency_access_until on emergency_access (until);

-- Links that work once: first set-up, invitation, reset of a password. The token itself is not kept.
create table one_time_link (
    token_hash text primary key check (token_hash ~ '^[0-9a-f]{64}$'),
    kind       text        not null check (kind in ('setup', 'invite', 'reset')),
    user_id    uuid references app_user,
    made_by    uuid        not null references app_user,
    made_at    timestamptz not null,
    until      timestamptz not null,
    used_at    timestamptz,
    check ((kind = 'setup') = (user_id is null))
);
create index one_time_link_user on one_time_link (user_id);

-- Failed sign-ins: by account and by address, each under the hash of its name.
create table sign_in_throttle (
    key      text primary key check (key ~ '^[0-9a-f]{64}$'),
    failures int         not null,
    since    timestamptz not null,
    last_at  timestamptz not null,
    until    timestamptz
);
create index sign_in_throttle_last on sign_in_throttle (last_at);

-- Every version of roles, users' roles and places; the same shape as the versions of entries.
create table setting_version (
    subject_type text        not null check (subject_type in ('role', 'user', 'facility', 'department', 'practitioner')),
    subject_id   text        not null,
    number       int         not null check (number > 0),
    kind         text        not null check (kind in ('original', 'update')),
    content      json        not null,
    entered_by   uuid        not null references app_user,
    entered_at   timestamptz not null,
    reason       text,
    predecessor  text check (predecessor ~ '^[0-9a-f]{64}$'),
    audit_event  uuid        not null,
    -- SHA-256 over the canonical JSON of the above, content by its own SHA-256, without the audit event
    hash         text        not null check (hash ~ '^[0-9a-f]{64}$'),
    primary key (subject_type, subject_id, number)
);
create trigger setting_version_is_not_changed before update or delete or truncate on setting_version
    for each statement execute function refuse_change();

-- Whether a user may know of a patient at all: a role with registration data or charts at one of the given facilities
-- where the patient is, and no restriction. The system may; where no user is named nobody may.
create function registration_access(patient uuid, me uuid, facilities uuid[], at timestamptz) returns boolean
    language plpgsql stable parallel safe as
$$
begin
    if me = '00000000-0000-7000-8000-000000000001' then
        return true;
    end if;
    return exists (select
                   from patient_facility pf
                            join user_role ur on ur.facility_id = pf.facility_id and ur.user_id = me
                            join role_permission rp on rp.role_key = ur.role_key
                   where pf.patient_id = patient
                     and pf.facility_id = any (facilities)
                     and rp.permission in ('patient.read', 'patient.search', 'chart.read')
                     and not exists (select
                                     from patient_restriction pr
                                     where pr.patient_id = patient
                                       and not pr.exception
                                       and (pr.user_id is null or pr.user_id = me)
                                       and (pr.facility_id is null or pr.facility_id = pf.facility_id)
                                       and (pr.until is null or pr.until > at)
                                       and not exists (select
                                                       from patient_restriction ex
                                                       where ex.patient_id = patient
                                                         and ex.exception
                                                         and ex.user_id = me
                                                         and (ex.until is null or ex.until > at))));
end
$$;

-- How a user may open a patient's chart: by role, care or emergency; after giving a reason (reason); not at all (hidden).
create function chart_access(patient uuid, me uuid, facilities uuid[], at timestamptz) returns text
    language plpgsql stable parallel safe as
$$
declare
    held text[];
begin
    if me = '00000000-0000-7000-8000-000000000001' then
        return 'role';
    end if;
    if not registration_access(patient, me, facilities, at) then
        return 'hidden';
    end if;
    select array_agg(distinct rp.permission)
    into held
    from patient_facility pf
             join user_role ur on ur.facility_id = pf.facility_id and ur.user_id = me
             join role_permission rp on rp.role_key = ur.role_key
    where pf.patient_id = patient and pf.facility_id = any (facilities);
    if held is null or not 'chart.read' = any (held) then
        return 'hidden';
    elsif 'chart.read-all' = any (held) then
        return 'role';
    elsif exists (select
                  from practitioner pr
                           join care_relation cr on cr.practitioner_id = pr.id
                  where pr.user_id = me
                    and cr.patient_id = patient
                    and (cr.until is null or cr.until > at)) then
        return 'care';
    elsif not 'chart.emergency' = any (held) then
        return 'hidden';
    elsif exists (select
                  from emergency_access ea
                  where ea.user_id = me and ea.patient_id = patient and ea.until > at) then
        return 'emergency';
    else
        return 'reason';
    end if;
end
$$;

-- Whether the person whom the transaction names (app.user, app.facilities) may know of a patient. Lists of registration
-- data, searches and counts join this one.
create function may_see(patient uuid) returns boolean
    language plpgsql stable parallel safe as
$$
begin
    return coalesce(registration_access(
        patient,
        nullif(current_setting('app.user', true), '')::uuid,
        string_to_array(nullif(current_setting('app.facilities', true), ''), ',')::uuid[],
        now()), false);
end
$$;

-- Whether that person may open the patient's chart now without giving a reason. Lists that show clinical content join
-- this one.
create function may_open(patient uuid) returns boolean
    language plpgsql stable parallel safe as
$$
begin
    return coalesce(chart_access(
        patient,
        nullif(current_setting('app.user', true), '')::uuid,
        string_to_array(nullif(current_setting('app.facilities', true), ''), ',')::uuid[],
        now()) in ('role', 'care', 'emergency'), false);
end
$$;

grant select, insert, update, delete on facility, department, sensitivity_label, app_user, practitioner,
    practitioner_facility, role, role_permission, user_role, patient_facility, care_relation, patient_restriction,
    emergency_access, one_time_link, sign_in_throttle to chartkeeper_app;
grant select, insert on setting_version to chartkeeper_app;
