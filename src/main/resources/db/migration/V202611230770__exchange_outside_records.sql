-- Records of other places about a patient of ours, and what a person decided about each line of them. What they say is
-- read from the content store each time; here stands only what became of it.
create table outside_record (
    id          uuid primary key,
    patient_id  uuid        not null,
    facility_id uuid        not null,
    sha256      text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size        bigint      not null,
    title       text        not null,
    custodian   text        not null,
    written_on  text,
    -- how many lines it has to decide
    lines       integer     not null,
    -- what of the person it names was not as here when it came, and why it is this patient's all the same
    differences text,
    same_person text,
    received_by uuid        not null,
    received_at timestamptz not null,
    version     integer     not null default 0,
    unique (patient_id, sha256)
);
create index outside_record_newest on outside_record (patient_id, received_at desc);

create table outside_decision (
    record_id  uuid        not null references outside_record,
    line       text        not null,
    decision   text        not null check (decision in ('accepted', 'merged', 'kept', 'rejected')),
    reason     text,
    -- the entry that was written, or the one of ours that stays
    entry_id   uuid,
    decided_by uuid        not null,
    decided_at timestamptz not null,
    primary key (record_id, line)
);

grant select, insert, update on outside_record to chartkeeper_app;
grant select, insert on outside_decision to chartkeeper_app;
