-- Bulk correction: one rule, the entries or visits that it concerns, what became of each, and the way back.

CREATE TABLE bulk_correction (
    id             uuid PRIMARY KEY,
    version        integer     NOT NULL DEFAULT 0,
    facility_id    uuid        NOT NULL,
    rule           text        NOT NULL CHECK (rule IN ('code', 'unit', 'department')),
    -- what the rule turns into what
    type           text,
    code_system    text,
    code           text,
    former         text        NOT NULL,
    correct        text        NOT NULL,
    correct_label  text        NOT NULL,
    from_day       date,
    until_day      date,
    reason         text        NOT NULL,
    state          text        NOT NULL CHECK (state IN
        ('collecting', 'dry run', 'applying', 'applied', 'undoing', 'undone', 'discarded')),
    stop_requested boolean     NOT NULL DEFAULT false,
    -- where collecting stands: everything up to this id was looked at
    collected_to   uuid,
    -- the reference of a fault that broke the job off; it goes on from where it stood
    fault          text,
    ordered_by     uuid        NOT NULL,
    ordered_at     timestamptz NOT NULL,
    changed_at     timestamptz NOT NULL
);
CREATE INDEX bulk_correction_newest ON bulk_correction (facility_id, ordered_at DESC, id DESC);

CREATE TABLE bulk_correction_item (
    batch_id       uuid    NOT NULL REFERENCES bulk_correction,
    target_id      uuid    NOT NULL,
    target_kind    text    NOT NULL CHECK (target_kind IN ('entry', 'visit')),
    patient_id     uuid    NOT NULL REFERENCES patient,
    title          text    NOT NULL,
    was            text    NOT NULL,
    becomes        text    NOT NULL,
    before_version integer NOT NULL,
    after_version  integer,
    -- who is to agree to a correction of what is signed
    signer         uuid,
    outcome        text    NOT NULL CHECK (outcome IN
        ('at once', 'to propose', 'left out', 'corrected', 'proposed', 'failed',
         'undone', 'withdrawn', 'undo proposed', 'kept')),
    why            text,
    PRIMARY KEY (batch_id, target_id)
);
CREATE INDEX bulk_correction_item_outcome ON bulk_correction_item (batch_id, outcome, target_id);
CREATE INDEX bulk_correction_item_patient ON bulk_correction_item (patient_id);

-- A visit's department that was wrong: what stood, what stands, why. Only grows.
CREATE TABLE encounter_correction (
    id           uuid PRIMARY KEY,
    encounter_id uuid        NOT NULL,
    patient_id   uuid        NOT NULL,
    field        text        NOT NULL CHECK (field IN ('department')),
    was          uuid,
    now          uuid,
    reason       text        NOT NULL,
    by_user      uuid        NOT NULL,
    at           timestamptz NOT NULL
);
CREATE INDEX encounter_correction_encounter ON encounter_correction (encounter_id, at);
CREATE TRIGGER encounter_correction_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON encounter_correction
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE encounter_correction ENABLE ALWAYS TRIGGER encounter_correction_only_grows;

GRANT SELECT, INSERT, UPDATE ON bulk_correction, bulk_correction_item TO chartkeeper_app;
GRANT SELECT, INSERT ON encounter_correction TO chartkeeper_app;

INSERT INTO role_permission (role_key, permission)
SELECT key, 'chart.bulk-correct' FROM role WHERE key = 'supervisor' AND shipped
ON CONFLICT DO NOTHING;
