-- The record: visits, entries, their versions and signatures.
--
-- Header and typed rows hold the current state and may change; entry_version, signature and version_disposition are
-- history and only grow. Few indexes, each for a named question: an import pays for every one of them.

-- Visits -------------------------------------------------------------------------------------------------------------

CREATE TABLE encounter (
    id                    uuid PRIMARY KEY,
    patient_id            uuid        NOT NULL REFERENCES patient,
    facility_id           uuid        NOT NULL,
    department_id         uuid,
    klass                 text        NOT NULL CHECK (klass IN
        ('ambulatory', 'inpatient', 'emergency', 'observation', 'virtual', 'home')),
    status                text        NOT NULL CHECK (status IN
        ('planned', 'arrived', 'in progress', 'on leave', 'finished', 'cancelled', 'no-show', 'entered in error')),
    kind                  text        NOT NULL,
    reason                text,
    start_at              timestamptz NOT NULL,
    end_at                timestamptz,
    attending             uuid,
    location              text,
    account_number        text,
    admission_source      text,
    discharge_disposition text,
    self_pay              boolean     NOT NULL DEFAULT false,
    linked_encounter      uuid,
    source                text,
    source_id             text,
    content_hash          text,
    created_at            timestamptz NOT NULL,
    version               integer     NOT NULL DEFAULT 0,
    UNIQUE (source, source_id)
);
CREATE INDEX encounter_of_patient ON encounter (patient_id, start_at DESC, id DESC);
CREATE INDEX encounter_account ON encounter (facility_id, account_number) WHERE account_number IS NOT NULL;
-- Worklists of visits: those of our own are few beside imported ones.
CREATE INDEX encounter_own ON encounter (facility_id, status, end_at) WHERE source IS NULL;

CREATE TABLE encounter_status_history (
    encounter_id uuid        NOT NULL REFERENCES encounter,
    number       integer     NOT NULL,
    status       text        NOT NULL,
    at           timestamptz NOT NULL,
    by_user      uuid        NOT NULL,
    recorded_at  timestamptz NOT NULL,
    PRIMARY KEY (encounter_id, number)
);

CREATE TABLE encounter_participant (
    encounter_id    uuid    NOT NULL REFERENCES encounter,
    number          integer NOT NULL,
    practitioner_id uuid,
    name            text    NOT NULL,
    role            text    NOT NULL CHECK (role IN
        ('attending', 'referring', 'consulting', 'performing', 'admitting', 'other')),
    PRIMARY KEY (encounter_id, number)
);

CREATE TABLE encounter_location (
    encounter_id uuid        NOT NULL REFERENCES encounter,
    number       integer     NOT NULL,
    location     text        NOT NULL,
    service      text,
    from_at      timestamptz NOT NULL,
    until_at     timestamptz,
    PRIMARY KEY (encounter_id, number)
);

-- Entries ------------------------------------------------------------------------------------------------------------

CREATE TABLE entry (
    id                     uuid PRIMARY KEY,
    patient_id             uuid        NOT NULL REFERENCES patient,
    facility_id            uuid        NOT NULL,
    encounter_id           uuid,
    type                   text        NOT NULL,
    event_at               timestamptz NOT NULL,
    event_precision        text        NOT NULL CHECK (event_precision IN ('year', 'month', 'day', 'minute', 'second')),
    status                 text        NOT NULL CHECK (status IN ('current', 'entered-in-error', 'replaced')),
    -- in force and, for a living entry, active
    active                 boolean     NOT NULL,
    -- active, or a proposal that waits for its signature before it is in force
    listed                 boolean     NOT NULL,
    title                  text        NOT NULL,
    category               text,
    code_system            text,
    code                   text,
    -- of the newest version
    last_kind              text        NOT NULL,
    stated_by              text        NOT NULL CHECK (stated_by IN ('practitioner', 'nurse', 'patient', 'outside')),
    stated_by_practitioner uuid,
    stated_by_name         text,
    stated_at              timestamptz NOT NULL,
    entered_by             uuid        NOT NULL,
    entered_at             timestamptz NOT NULL,
    source_kind            text        NOT NULL CHECK (source_kind IN
        ('dictation', 'note', 'paper', 'telephone', 'device', 'import', 'direct')),
    source_reference       text,
    source_place           text,
    -- labels in alphabetical order with a blank between
    sensitivity            text        NOT NULL DEFAULT '',
    current_version        integer     NOT NULL CHECK (current_version >= 1),
    -- 0: a proposal, nothing in force yet
    in_force_version       integer     NOT NULL CHECK (in_force_version BETWEEN 0 AND current_version),
    -- newest version that is signed here or was authenticated at its source
    signed_version         integer CHECK (signed_version <= current_version),
    authenticated          boolean     NOT NULL DEFAULT false,
    pending_kind           text CHECK (pending_kind IN ('stop', 'change', 'resolve', 'refute', 'retract')),
    signature_state        text        NOT NULL CHECK (signature_state IN
        ('unsigned', 'signed', 'co-signature due', 'authenticated at source', 'none needed', 'returned')),
    signer                 uuid,
    signed_at              timestamptz,
    signed_by              uuid
);
CREATE INDEX entry_section ON entry (patient_id, type, event_at DESC, id DESC);
CREATE INDEX entry_timeline ON entry (patient_id, event_at DESC, id DESC);
CREATE INDEX entry_changed ON entry (patient_id, entered_at DESC, id DESC);
CREATE INDEX entry_of_encounter ON entry (encounter_id) WHERE encounter_id IS NOT NULL;
CREATE INDEX entry_listed ON entry (patient_id, type)
    WHERE listed AND type IN ('condition', 'allergy', 'medication-order', 'medication-statement', 'order',
                              'care-plan-item');
CREATE INDEX entry_awaiting ON entry (signer, entered_at, id)
    WHERE signature_state IN ('unsigned', 'co-signature due');
CREATE INDEX entry_unsigned ON entry (patient_id) WHERE signature_state IN ('unsigned', 'co-signature due');
CREATE INDEX entry_returned ON entry (entered_by, entered_at) WHERE signature_state = 'returned';

-- Typed rows: the state in force, in columns for what is searched; the whole content is in the version in force.

CREATE TABLE condition (
    id                  uuid PRIMARY KEY REFERENCES entry,
    patient_id          uuid    NOT NULL,
    visit_diagnosis     boolean NOT NULL,
    code_system         text,
    code                text,
    clinical_status     text    NOT NULL,
    verification_status text    NOT NULL,
    rank                integer
);

CREATE TABLE allergy (
    id                  uuid PRIMARY KEY REFERENCES entry,
    patient_id          uuid NOT NULL,
    kind                text NOT NULL,
    category            text,
    code_system         text,
    code                text,
    clinical_status     text NOT NULL,
    verification_status text NOT NULL,
    criticality         text,
    -- substance of an active allergy that was entered here; a source may hold the same one twice
    guard_key           text
);
CREATE UNIQUE INDEX allergy_once ON allergy (patient_id, guard_key) WHERE guard_key IS NOT NULL;

CREATE TABLE medication_order (
    id          uuid PRIMARY KEY REFERENCES entry,
    patient_id  uuid NOT NULL,
    code_system text,
    code        text,
    status      text NOT NULL,
    authored    text,
    -- the order that this one replaces
    replaces    uuid
);
CREATE UNIQUE INDEX medication_order_replaces ON medication_order (replaces) WHERE replaces IS NOT NULL;

CREATE TABLE medication_statement (
    id          uuid PRIMARY KEY REFERENCES entry,
    patient_id  uuid NOT NULL,
    code_system text,
    code        text,
    status      text NOT NULL
);

CREATE TABLE medication_administration (
    id          uuid PRIMARY KEY REFERENCES entry,
    patient_id  uuid NOT NULL,
    code_system text,
    code        text,
    status      text NOT NULL
);

CREATE TABLE clinical_order (
    id          uuid PRIMARY KEY REFERENCES entry,
    patient_id  uuid NOT NULL,
    kind        text NOT NULL,
    code_system text,
    code        text,
    status      text NOT NULL,
    how         text NOT NULL,
    due         text
);

CREATE TABLE observation (
    id            uuid PRIMARY KEY REFERENCES entry,
    patient_id    uuid        NOT NULL,
    category      text        NOT NULL,
    code_system   text,
    code          text,
    at            timestamptz NOT NULL,
    number        numeric,
    -- of the second component: the diastolic pressure
    second_number numeric,
    unit          text,
    status        text        NOT NULL
);
CREATE INDEX observation_course ON observation (patient_id, code, at DESC);

CREATE TABLE diagnostic_report (
    id          uuid PRIMARY KEY REFERENCES entry,
    patient_id  uuid NOT NULL,
    code_system text,
    code        text,
    status      text NOT NULL,
    category    text
);

CREATE TABLE procedure_done (
    id          uuid PRIMARY KEY REFERENCES entry,
    patient_id  uuid NOT NULL,
    code_system text,
    code        text,
    status      text NOT NULL
);

CREATE TABLE immunization (
    id          uuid PRIMARY KEY REFERENCES entry,
    patient_id  uuid    NOT NULL,
    code_system text,
    code        text,
    status      text    NOT NULL,
    historical  boolean NOT NULL
);

CREATE TABLE note (
    id          uuid PRIMARY KEY REFERENCES entry,
    patient_id  uuid NOT NULL,
    kind        text NOT NULL,
    status      text NOT NULL,
    addendum_to text
);

CREATE TABLE document (
    id           uuid PRIMARY KEY REFERENCES entry,
    patient_id   uuid   NOT NULL,
    code_system  text,
    code         text,
    media_type   text   NOT NULL,
    sha256       text   NOT NULL,
    size         bigint NOT NULL,
    service_date text
);

CREATE TABLE care_plan_item (
    id          uuid PRIMARY KEY REFERENCES entry,
    patient_id  uuid NOT NULL,
    kind        text NOT NULL,
    code_system text,
    code        text,
    status      text NOT NULL
);

-- History ------------------------------------------------------------------------------------------------------------

-- No foreign key to entry: history outlives whatever becomes of the current row; verify compares the two.
CREATE TABLE entry_version (
    entry_id               uuid        NOT NULL,
    number                 integer     NOT NULL CHECK (number >= 1),
    patient_id             uuid        NOT NULL,
    type                   text        NOT NULL,
    kind                   text        NOT NULL CHECK (kind IN
        ('original', 'late-entry', 'revision', 'update', 'correction', 'retraction')),
    content                json        NOT NULL,
    content_sha256         bytea       NOT NULL,
    event_at               timestamptz NOT NULL,
    event_precision        text        NOT NULL,
    stated_by              text        NOT NULL,
    stated_by_practitioner uuid,
    stated_by_name         text,
    stated_at              timestamptz NOT NULL,
    entered_by             uuid        NOT NULL,
    entered_at             timestamptz NOT NULL,
    reason                 text,
    source_kind            text        NOT NULL,
    source_reference       text,
    source_place           text,
    predecessor            bytea,
    hash                   bytea       NOT NULL,
    audit_event            uuid        NOT NULL,
    PRIMARY KEY (entry_id, number),
    CHECK ((number = 1) = (predecessor IS NULL))
);

CREATE TABLE signature (
    id              uuid PRIMARY KEY,
    entry_id        uuid        NOT NULL,
    number          integer     NOT NULL,
    patient_id      uuid        NOT NULL,
    hash            bytea       NOT NULL,
    practitioner_id uuid        NOT NULL,
    user_id         uuid        NOT NULL,
    signed_at       timestamptz NOT NULL,
    meaning         text        NOT NULL CHECK (meaning IN ('author', 'attending', 'co-signature', 'refusal')),
    audit_event     uuid        NOT NULL,
    FOREIGN KEY (entry_id, number) REFERENCES entry_version,
    UNIQUE (entry_id, number, practitioner_id)
);
CREATE INDEX signature_of_patient ON signature (patient_id, signed_at DESC);

CREATE TABLE version_disposition (
    id          uuid PRIMARY KEY,
    entry_id    uuid        NOT NULL,
    number      integer     NOT NULL,
    patient_id  uuid        NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('returned', 'not mine', 'refused', 'withdrawn')),
    by_user     uuid        NOT NULL,
    at          timestamptz NOT NULL,
    comment     text        NOT NULL,
    passed_to   uuid,
    audit_event uuid        NOT NULL,
    FOREIGN KEY (entry_id, number) REFERENCES entry_version
);
CREATE INDEX version_disposition_of_version ON version_disposition (entry_id, number);
CREATE INDEX version_disposition_of_patient ON version_disposition (patient_id, at DESC);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY ['entry_version', 'signature', 'version_disposition'] LOOP
        EXECUTE format('CREATE TRIGGER %1$s_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON %1$I
                        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', name);
        -- a restore or a replica must not be a way around it
        EXECUTE format('ALTER TABLE %1$I ENABLE ALWAYS TRIGGER %1$s_only_grows', name);
    END LOOP;
END
$$;

-- Where things came from ------------------------------------------------------------------------------------------------

-- One row per resource of a source: what it became here. target_kind: entry, encounter, patient, practitioner, other …
CREATE TABLE source_identity (
    source        text NOT NULL,
    resource_type text NOT NULL,
    source_id     text NOT NULL,
    target_kind   text NOT NULL,
    target_id     uuid NOT NULL,
    patient_id    uuid,
    content_hash  text NOT NULL,
    PRIMARY KEY (source, resource_type, source_id)
);

-- What becomes no entry is kept whole: content is the resource's JSON as met, compressed (gzip).
CREATE TABLE other_resource (
    id               uuid PRIMARY KEY,
    patient_id       uuid,
    facility_id      uuid,
    source           text        NOT NULL,
    resource_type    text        NOT NULL,
    source_id        text,
    content          bytea,
    content_hash     text        NOT NULL,
    source_reference text,
    source_place     text,
    received_at      timestamptz NOT NULL
);
CREATE INDEX other_resource_of_patient ON other_resource (patient_id, resource_type, id) WHERE patient_id IS NOT NULL;

-- When somebody last looked at a chart, for "what changed since".
CREATE TABLE chart_look (
    user_id    uuid        NOT NULL,
    patient_id uuid        NOT NULL,
    looked_at  timestamptz NOT NULL,
    PRIMARY KEY (user_id, patient_id)
);

GRANT SELECT, INSERT ON entry_version, signature, version_disposition TO chartkeeper_app;
-- Nothing of the record is deleted by the application; a retraction is a version.
GRANT SELECT, INSERT, UPDATE ON
    encounter, entry, condition, allergy, medication_order, medication_statement, medication_administration,
    clinical_order, observation, diagnostic_report, procedure_done, immunization, note, document, care_plan_item
    TO chartkeeper_app;
GRANT SELECT, INSERT ON encounter_status_history TO chartkeeper_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON
    encounter_participant, encounter_location, source_identity, other_resource, chart_look
    TO chartkeeper_app;
