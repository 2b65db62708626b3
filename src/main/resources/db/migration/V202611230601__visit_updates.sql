-- Updates of the chart after a visit: worklist, checklists, drafts, postings, questions to clinicians.

-- Which items an update has: by class of visit, or by a word in its kind, or by its department.
create table update_checklist (
    key           text primary key,
    label         text not null,
    klass         text not null,
    -- a word that the visit's kind has, such as telephone; empty for any
    kind_word     text not null default '',
    -- its own checklist of a department, null for all
    department_id uuid,
    unique nulls not distinct (klass, kind_word, department_id)
);

create table update_checklist_item (
    checklist text    not null references update_checklist on update cascade,
    position  integer not null,
    item      text    not null,
    label     text    not null,
    primary key (checklist, position),
    unique (checklist, item)
);

insert into update_checklist (key, label, klass, kind_word) values
    ('ambulatory', 'Office visit', 'ambulatory', ''),
    ('home', 'Home visit', 'home', ''),
    ('virtual', 'Video visit', 'virtual', ''),
    ('telephone', 'Telephone', 'virtual', 'telephone'),
    ('emergency', 'Emergency', 'emergency', ''),
    ('inpatient', 'Hospital stay', 'inpatient', ''),
    ('observation', 'Observation', 'observation', '');

insert into update_checklist_item (checklist, position, item, label)
select c.key, i.position, i.item, i.label
from (values ('ambulatory'), ('home')) as c (key),
     (values (1, 'vitals', 'Vital signs'), (2, 'diagnoses', 'Diagnoses'), (3, 'problems', 'Problems'),
             (4, 'allergies', 'Allergies'), (5, 'medications', 'Medications'), (6, 'immunizations', 'Immunizations'),
             (7, 'procedures', 'Procedures'), (8, 'followup', 'Follow-up')) as i (position, item, label);

insert into update_checklist_item (checklist, position, item, label) values
    ('virtual', 1, 'diagnoses', 'Diagnoses'),
    ('virtual', 2, 'problems', 'Problems'),
    ('virtual', 3, 'allergies', 'Allergies'),
    ('virtual', 4, 'medications', 'Medications'),
    ('virtual', 5, 'vitals', 'Values reported'),
    ('virtual', 6, 'followup', 'Follow-up'),
    ('telephone', 1, 'call', 'Call and advice'),
    ('telephone', 2, 'diagnoses', 'Diagnoses'),
    ('telephone', 3, 'allergies', 'Allergies'),
    ('telephone', 4, 'medications', 'Medications'),
    ('telephone', 5, 'followup', 'Follow-up'),
    ('emergency', 1, 'arrival', 'Arrival and triage'),
    ('emergency', 2, 'vitals', 'Vital signs'),
    ('emergency', 3, 'diagnoses', 'Diagnoses'),
    ('emergency', 4, 'problems', 'Problems'),
    ('emergency', 5, 'allergies', 'Allergies'),
    ('emergency', 6, 'medications', 'Medications'),
    ('emergency', 7, 'immunizations', 'Immunizations'),
    ('emergency', 8, 'procedures', 'Procedures'),
    ('emergency', 9, 'disposition', 'Disposition'),
    ('emergency', 10, 'followup', 'Follow-up');

insert into update_checklist_item (checklist, position, item, label)
select c.key, i.position, i.item, i.label
from (values ('inpatient'), ('observation')) as c (key),
     (values (1, 'disposition', 'Discharge'), (2, 'diagnoses', 'Final diagnoses'), (3, 'procedures', 'Procedures'),
             (4, 'medications', 'Discharge drugs'), (5, 'allergies', 'Allergies'), (6, 'problems', 'Problems'),
             (7, 'documents', 'Documents'), (8, 'followup', 'Follow-up')) as i (position, item, label);

-- One update for each visit that ended here. Facts of the visit are copied, because a list of thousands is sorted and
-- filtered by them.
create table visit_update (
    id             uuid primary key,
    encounter_id   uuid        not null unique references encounter,
    patient_id     uuid        not null references patient,
    facility_id    uuid        not null,
    department_id  uuid,
    klass          text        not null,
    kind           text        not null,
    checklist      text        not null references update_checklist on update cascade,
    reason         text,
    account_number text,
    attending      uuid,
    attending_name text,
    started_at     timestamptz not null,
    ended_at       timestamptz not null,
    state          text        not null check (state in
        ('waiting for documentation', 'to do', 'draft', 'posted', 'returned')),
    -- the visit turned out cancelled or the like: it has left the list with this word
    left_as        text,
    -- what there is to enter from, as the list says it
    source_label   text,
    source_at      timestamptz,
    due_at         timestamptz,
    claimed_by     uuid,
    claimed_at     timestamptz,
    posted_by      uuid,
    posted_at      timestamptz,
    created_at     timestamptz not null,
    version        integer     not null default 0,
    check ((state = 'waiting for documentation') = (source_at is null) or state in ('draft', 'posted', 'returned')),
    check ((claimed_by is null) = (claimed_at is null))
);
create index visit_update_open on visit_update (facility_id, coalesce(due_at, 'infinity'), id)
    where state <> 'posted' and left_as is null;
create index visit_update_mine on visit_update (claimed_by) where state <> 'posted' and claimed_by is not null;
create index visit_update_of_patient on visit_update (patient_id);
create index visit_update_posted on visit_update (facility_id, posted_at desc) where state = 'posted';

create table visit_update_item (
    update_id        uuid        not null references visit_update,
    item             text        not null,
    state            text        not null check (state in
        ('updated', 'no change', 'not documented', 'does not apply')),
    reason           text,
    source_kind      text,
    source_reference text,
    decided_by       uuid        not null,
    decided_at       timestamptz not null,
    primary key (update_id, item)
);

-- What somebody has typed and not posted. base: version of the update and of each entry that it began from, as JSON.
create table visit_draft (
    update_id uuid        not null references visit_update,
    user_id   uuid        not null,
    base      text        not null,
    content   text        not null,
    saved_at  timestamptz not null,
    number    integer     not null,
    primary key (update_id, user_id)
);

-- Each posting, with the entries that it wrote; never changed.
create table visit_posting (
    id         uuid primary key,
    update_id  uuid        not null references visit_update,
    patient_id uuid        not null,
    number     integer     not null,
    posted_by  uuid        not null,
    posted_at  timestamptz not null,
    signer     uuid,
    entries    uuid[]      not null,
    pending    integer     not null,
    unique (update_id, number)
);
create trigger visit_posting_only_grows before update or delete or truncate on visit_posting
    for each statement execute function refuse_change();

-- What the documentation does not say: asked of the clinician.
create table visit_question (
    id           uuid primary key,
    update_id    uuid        not null references visit_update,
    patient_id   uuid        not null references patient,
    encounter_id uuid        not null,
    facility_id  uuid        not null,
    item         text        not null,
    label        text        not null,
    practitioner uuid        not null,
    asked_by     uuid        not null,
    asked_at     timestamptz not null,
    answer       text check (answer in ('no change', 'does not apply', 'words')),
    answer_text  text,
    answered_by  uuid,
    answered_at  timestamptz,
    check ((answer is null) = (answered_at is null) and (answer is null) = (answered_by is null))
);
create unique index visit_question_open on visit_question (update_id, item) where answered_at is null;
create index visit_question_for on visit_question (practitioner, asked_at) where answered_at is null;
create index visit_question_of_patient on visit_question (patient_id);

grant select on update_checklist, update_checklist_item to chartkeeper_app;
grant select, insert, update, delete on visit_update, visit_update_item, visit_draft, visit_question to chartkeeper_app;
grant select, insert on visit_posting to chartkeeper_app;
