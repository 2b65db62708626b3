-- What the record of a visit and of an entry has to keep from the first day on.

-- Hospital visits ----------------------------------------------------------------------------------------------------

ALTER TABLE encounter
    -- priority of an admission (UB-04, FL 14)
    ADD COLUMN admission_type text CHECK (admission_type IN
        ('emergency', 'urgent', 'elective', 'newborn', 'trauma', 'not available')),
    -- patient discharge status (UB-04, FL 17), beside its words
    ADD COLUMN discharge_code text CHECK (discharge_code ~ '^[0-9]{2}$'),
    -- account of a series, such as monthly therapy
    ADD COLUMN series_account text,
    ADD COLUMN death_at timestamptz,
    -- 45 CFR 164.522(a)(1)(vi): paid in full by the patient, who asked that the plan is not told
    ADD COLUMN not_to_plan boolean NOT NULL DEFAULT false,
    -- labels of department and facility, in alphabetical order with a blank between; that somebody was in a closed
    -- program is itself what is closed (42 CFR 2.12(a))
    ADD COLUMN sensitivity text NOT NULL DEFAULT '',
    ADD CHECK (death_at >= start_at);
CREATE INDEX encounter_series ON encounter (facility_id, series_account) WHERE series_account IS NOT NULL;

-- From observation to inpatient by an order: each class with the moment from which it counts and that of the order.
CREATE TABLE encounter_class_history (
    encounter_id uuid        NOT NULL REFERENCES encounter,
    number       integer     NOT NULL,
    klass        text        NOT NULL,
    from_at      timestamptz NOT NULL,
    ordered_at   timestamptz,
    ordered_by   uuid,
    by_user      uuid        NOT NULL,
    recorded_at  timestamptz NOT NULL,
    PRIMARY KEY (encounter_id, number)
);

-- From when to when somebody took part; both null for the whole visit.
ALTER TABLE encounter_participant
    ADD COLUMN from_at  timestamptz,
    ADD COLUMN until_at timestamptz;

-- Coverages that applied to a visit, as they were then; coverage_id is the part of the registration.
CREATE TABLE encounter_coverage (
    encounter_id uuid    NOT NULL REFERENCES encounter,
    rank         integer NOT NULL CHECK (rank > 0),
    coverage_id  uuid    NOT NULL,
    payer        text    NOT NULL,
    plan         text,
    member_id    text,
    PRIMARY KEY (encounter_id, rank)
);

-- Versions -----------------------------------------------------------------------------------------------------------

-- Which visit and whose custody an entry was written under is part of what a version says: an entry that a correction
-- moves to another visit must show where it stood.
ALTER TABLE entry_version
    ADD COLUMN encounter_id uuid,
    ADD COLUMN facility_id  uuid;

-- Labels -------------------------------------------------------------------------------------------------------------

-- How each label came to an entry, or went; the header holds what follows. basis: type of the note, department,
-- facility, codes, hand of a person, or the source's own label.
CREATE TABLE entry_label (
    id          uuid PRIMARY KEY,
    entry_id    uuid        NOT NULL,
    patient_id  uuid        NOT NULL,
    label       text        NOT NULL,
    put         boolean     NOT NULL,
    basis       text        NOT NULL CHECK (basis IN ('type', 'department', 'facility', 'codes', 'hand')),
    reason      text,
    by_user     uuid        NOT NULL,
    at          timestamptz NOT NULL,
    audit_event uuid        NOT NULL
);
CREATE INDEX entry_label_of_entry ON entry_label (entry_id);
CREATE TRIGGER entry_label_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON entry_label
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE entry_label ENABLE ALWAYS TRIGGER entry_label_only_grows;

COMMENT ON COLUMN allergy.guard_key IS
    'substance of an active allergy that was entered here and is open with the chart; a source may hold the same one'
    ' twice, and a refusal must not tell of one that is closed';

GRANT SELECT, INSERT ON encounter_class_history, entry_label TO chartkeeper_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON encounter_coverage TO chartkeeper_app;

-- Whether the person whom the transaction names (app.user, app.facilities) may know of a visit, where that person may
-- know of its patient. Lists and counts of visits join this one; a closed program is open to who took part.
CREATE FUNCTION may_see_visit(visit uuid) RETURNS boolean
    LANGUAGE plpgsql STABLE PARALLEL SAFE AS
$$
DECLARE
    labels text;
    me     uuid;
BEGIN
    SELECT en.sensitivity INTO labels FROM encounter en WHERE en.id = visit;
    IF labels IS NULL OR labels = '' THEN
        RETURN labels IS NOT NULL;
    END IF;
    me := nullif(current_setting('app.user', true), '')::uuid;
    IF me = '00000000-0000-7000-8000-000000000001' THEN
        RETURN true;
    END IF;
    RETURN NOT EXISTS (
            SELECT FROM unnest(string_to_array(labels, ' ')) AS l (key)
            JOIN sensitivity_label s ON s.key = l.key
            WHERE s.permission IS NOT NULL
              AND NOT EXISTS (
                SELECT FROM user_role ur JOIN role_permission rp ON rp.role_key = ur.role_key
                WHERE ur.user_id = me AND rp.permission = s.permission
                  AND ur.facility_id = ANY (
                    string_to_array(nullif(current_setting('app.facilities', true), ''), ',')::uuid[])))
        OR EXISTS (
            SELECT FROM practitioner pr JOIN encounter en ON en.id = visit
            WHERE pr.user_id = me
              AND (en.attending = pr.id
                   OR EXISTS (SELECT FROM encounter_participant pa
                              WHERE pa.encounter_id = visit AND pa.practitioner_id = pr.id)));
END
$$;
