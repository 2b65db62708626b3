-- Who the patient is: the master patient index.
--
-- patient_version is the truth: every version of the whole registration, append-only and chained by hash. The tables
-- beside it hold the current state in columns for lists, search and joins, and are written in the same transaction.

CREATE TABLE patient (
    id                uuid PRIMARY KEY,
    version           integer     NOT NULL CHECK (version > 0),
    status            text        NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'merged', 'entered-in-error')),
    merged_into       uuid REFERENCES patient (id),
    -- Unidentified patients: the alias names them until they are known; a probable chart is linked at once, merged later.
    identity_unknown  boolean     NOT NULL DEFAULT false,
    alias             text,
    probable_chart    uuid REFERENCES patient (id),
    birth_date        text CHECK (birth_date ~ '^\d{4}(-\d{2}(-\d{2})?)?$'),
    birth_from        date,
    birth_to          date,
    birth_estimated   boolean     NOT NULL DEFAULT false,
    birth_time        timestamptz,
    birth_order       smallint CHECK (birth_order BETWEEN 1 AND 10),
    plurality         smallint CHECK (plurality BETWEEN 1 AND 10),
    gestation_days    smallint CHECK (gestation_days BETWEEN 100 AND 330),
    birth_weight_g    smallint CHECK (birth_weight_g BETWEEN 100 AND 9000),
    registered_sex    text,
    clinical_sex      text,
    sex_at_birth      text,
    gender_identity   text,
    pronouns          text,
    -- ISO date or moment of death, 'true' where only the fact is known.
    deceased          text,
    language          text,
    interpreter       boolean     NOT NULL DEFAULT false,
    races             text[]      NOT NULL DEFAULT '{}',
    ethnicity         text,
    marital_status    text,
    home_facility     uuid        NOT NULL,
    created_at        timestamptz NOT NULL,
    changed_at        timestamptz NOT NULL,
    CHECK ((status = 'merged') = (merged_into IS NOT NULL)),
    CHECK (merged_into <> id),
    CHECK (probable_chart <> id),
    CHECK ((birth_date IS NULL) = (birth_from IS NULL)),
    CHECK (birth_from <= birth_to)
);
CREATE INDEX patient_unidentified ON patient (created_at) WHERE identity_unknown;
CREATE INDEX patient_merged_into ON patient (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX patient_probable_chart ON patient (probable_chart) WHERE probable_chart IS NOT NULL;
-- No two unidentified patients of a house are ever called alike, not even after one of them became known.
CREATE UNIQUE INDEX patient_once_per_alias ON patient (home_facility, alias) WHERE alias IS NOT NULL;

CREATE TABLE patient_version (
    id             uuid PRIMARY KEY,
    patient_id     uuid        NOT NULL REFERENCES patient (id),
    number         integer     NOT NULL CHECK (number > 0),
    kind           text        NOT NULL,
    -- Canonical JSON (RFC 8785) as exact text; never jsonb, which would not keep it.
    content        json        NOT NULL,
    facility_id    uuid        NOT NULL,
    stated_by      text        NOT NULL,
    entered_by     uuid        NOT NULL,
    entered_at     timestamptz NOT NULL,
    reason         text,
    -- Unlikely values that were accepted, and why.
    accepted       json,
    source         text,
    predecessor    text,
    hash           text        NOT NULL CHECK (hash ~ '^[0-9a-f]{64}$'),
    audit_event    uuid        NOT NULL,
    UNIQUE (patient_id, number),
    CHECK ((number = 1) = (predecessor IS NULL))
);

CREATE FUNCTION patient_version_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'patient_version is append-only';
END $$;
CREATE TRIGGER patient_version_append_only BEFORE UPDATE OR DELETE ON patient_version
    FOR EACH ROW EXECUTE FUNCTION patient_version_is_append_only();
CREATE TRIGGER patient_version_no_truncate BEFORE TRUNCATE ON patient_version
    FOR EACH STATEMENT EXECUTE FUNCTION patient_version_is_append_only();

CREATE TABLE patient_name (
    id          uuid PRIMARY KEY,
    patient_id  uuid    NOT NULL REFERENCES patient (id),
    position    integer NOT NULL,
    kind        text    NOT NULL CHECK (kind IN ('legal', 'preferred', 'birth', 'former', 'alias', 'newborn')),
    family      text    NOT NULL,
    given       text    NOT NULL,
    middle      text,
    prefix      text,
    suffix      text,
    valid_from  text,
    valid_until text,
    proof       text,
    suppressed  boolean NOT NULL DEFAULT false
);
CREATE INDEX patient_name_patient ON patient_name (patient_id);

CREATE TABLE patient_sex (
    id          uuid PRIMARY KEY,
    patient_id  uuid    NOT NULL REFERENCES patient (id),
    position    integer NOT NULL,
    fact        text    NOT NULL CHECK (fact IN ('registered', 'clinical', 'at-birth', 'identity', 'pronouns')),
    value       text    NOT NULL,
    note        text,
    proof       text,
    valid_from  text,
    valid_until text
);
CREATE INDEX patient_sex_patient ON patient_sex (patient_id);

CREATE TABLE mrn (
    id          uuid PRIMARY KEY,
    patient_id  uuid    NOT NULL REFERENCES patient (id),
    position    integer NOT NULL,
    facility_id uuid    NOT NULL,
    value       text    NOT NULL,
    -- Without blanks, hyphens and leading zeros.
    normalised  text    NOT NULL CHECK (normalised <> ''),
    UNIQUE (facility_id, normalised)
);
CREATE INDEX mrn_patient ON mrn (patient_id);

CREATE TABLE mrn_sequence (
    facility_id uuid PRIMARY KEY,
    next_value  bigint NOT NULL CHECK (next_value BETWEEN 1 AND 9999999)
);

CREATE TABLE patient_identifier (
    id          uuid PRIMARY KEY,
    patient_id  uuid    NOT NULL REFERENCES patient (id),
    position    integer NOT NULL,
    assigner    text    NOT NULL,
    value       text    NOT NULL,
    normalised  text    NOT NULL,
    kind        text    NOT NULL,
    valid_until text,
    active      boolean NOT NULL DEFAULT true
);
CREATE UNIQUE INDEX patient_identifier_active ON patient_identifier (assigner, value) WHERE active;
CREATE INDEX patient_identifier_patient ON patient_identifier (patient_id);

CREATE TABLE patient_address (
    id             uuid PRIMARY KEY,
    patient_id     uuid    NOT NULL REFERENCES patient (id),
    position       integer NOT NULL,
    kind           text    NOT NULL CHECK (kind IN ('home', 'mailing', 'temporary', 'work', 'billing')),
    lines          text[]  NOT NULL,
    city           text,
    state          text,
    postal_code    text,
    country        text,
    valid_from     text,
    valid_until    text,
    returned_since date,
    confidential   boolean NOT NULL DEFAULT false
);
CREATE INDEX patient_address_patient ON patient_address (patient_id);
CREATE INDEX patient_address_returned ON patient_address (returned_since) WHERE returned_since IS NOT NULL;

CREATE TABLE patient_telecom (
    id          uuid PRIMARY KEY,
    patient_id  uuid    NOT NULL REFERENCES patient (id),
    position    integer NOT NULL,
    system      text    NOT NULL CHECK (system IN ('phone', 'email', 'fax')),
    use         text    NOT NULL CHECK (use IN ('home', 'mobile', 'work', 'other')),
    value       text    NOT NULL,
    digits      text,
    note        text,
    valid_until text
);
CREATE INDEX patient_telecom_patient ON patient_telecom (patient_id);

CREATE TABLE patient_contact (
    id           uuid PRIMARY KEY,
    patient_id   uuid    NOT NULL REFERENCES patient (id),
    position     integer NOT NULL,
    name         text    NOT NULL,
    relationship text,
    phone        text,
    email        text,
    address      text,
    note         text,
    source       text,
    source_id    text
);
CREATE INDEX patient_contact_patient ON patient_contact (patient_id);

-- What a contact may do or is: each role with its start, end and the document that proves it.
CREATE TABLE patient_contact_role (
    id          uuid PRIMARY KEY,
    contact_id  uuid    NOT NULL REFERENCES patient_contact (id) ON DELETE CASCADE,
    patient_id  uuid    NOT NULL REFERENCES patient (id),
    position    integer NOT NULL,
    role        text    NOT NULL,
    valid_from  text,
    valid_until text,
    document    text
);
CREATE INDEX patient_contact_role_contact ON patient_contact_role (contact_id);
CREATE INDEX patient_contact_role_patient ON patient_contact_role (patient_id);

CREATE TABLE coverage (
    id            uuid PRIMARY KEY,
    patient_id    uuid    NOT NULL REFERENCES patient (id),
    position      integer NOT NULL,
    rank          integer NOT NULL CHECK (rank > 0),
    payer         text    NOT NULL,
    plan          text,
    member_id     text,
    group_number  text,
    subscriber    text,
    relationship  text,
    valid_from    text,
    valid_until   text,
    verified_on   date,
    verified_by   uuid,
    source        text,
    source_id     text
);
CREATE INDEX coverage_patient ON coverage (patient_id);

CREATE TABLE guarantor (
    id           uuid PRIMARY KEY,
    patient_id   uuid    NOT NULL REFERENCES patient (id),
    position     integer NOT NULL,
    name         text    NOT NULL,
    relationship text,
    phone        text,
    address      text,
    valid_from   text,
    valid_until  text
);
CREATE INDEX guarantor_patient ON guarantor (patient_id);

CREATE TABLE care_team_member (
    id              uuid PRIMARY KEY,
    patient_id      uuid    NOT NULL REFERENCES patient (id),
    position        integer NOT NULL,
    role            text    NOT NULL,
    name            text    NOT NULL,
    npi             text CHECK (npi ~ '^\d{10}$'),
    practitioner_id uuid,
    phone           text,
    valid_from      text,
    valid_until     text
);
CREATE INDEX care_team_member_patient ON care_team_member (patient_id);

-- Two patients who belong together. One row for both directions: "patient is <kind> of other". A link shows name and MRN
-- alone; both charts are decided on separately.
CREATE TABLE related_patient (
    id          uuid PRIMARY KEY,
    patient_id  uuid        NOT NULL REFERENCES patient (id),
    other_id    uuid        NOT NULL REFERENCES patient (id),
    kind        text        NOT NULL CHECK (kind IN ('mother', 'twin')),
    created_at  timestamptz NOT NULL,
    audit_event uuid        NOT NULL,
    UNIQUE (patient_id, other_id, kind),
    CHECK (patient_id <> other_id)
);
CREATE INDEX related_patient_other ON related_patient (other_id);

-- Names for those who cannot say theirs, per facility; used in this order, never twice.
CREATE TABLE patient_alias (
    facility_id uuid        NOT NULL,
    number      integer     NOT NULL,
    name        text        NOT NULL,
    patient_id  uuid REFERENCES patient (id),
    PRIMARY KEY (facility_id, number),
    UNIQUE (facility_id, name)
);

-- A patient of an import, by its id there; the hash of what was read last tells a change.
CREATE TABLE patient_source (
    source       text    NOT NULL,
    source_id    text    NOT NULL,
    patient_id   uuid    NOT NULL REFERENCES patient (id),
    content_hash text    NOT NULL,
    -- The version that the import wrote; where the current one is newer, a person has changed the patient since.
    version      integer NOT NULL,
    PRIMARY KEY (source, source_id)
);
CREATE INDEX patient_source_patient ON patient_source (patient_id);

-- Search: one row per patient for show and dates, one per name token. Misspelled words are matched against the distinct
-- tokens (some ten thousand), never against the patients.
CREATE TABLE patient_search (
    patient_id uuid PRIMARY KEY REFERENCES patient (id),
    family     text    NOT NULL,
    given      text    NOT NULL,
    birth_date text,
    birth_from date,
    birth_to   date,
    -- How family and first given name sound: equal keys carry the same-name mark.
    name_key   text    NOT NULL,
    -- Typed numbers: m: MRN, i: identifier, c: member number, p: phone, q: its last seven, e: its last four digits.
    numbers    text[]  NOT NULL,
    deceased   boolean NOT NULL
);
CREATE INDEX patient_search_birth ON patient_search (birth_from, birth_to);
CREATE INDEX patient_search_name_key ON patient_search (name_key);
CREATE INDEX patient_search_numbers ON patient_search USING gin (numbers);

CREATE TABLE patient_name_token (
    patient_id uuid NOT NULL REFERENCES patient (id),
    token      text NOT NULL,
    -- 100 for a name in use, less for former names and aliases.
    weight     smallint NOT NULL,
    -- f for the family part, g for the given part, b where it is in both.
    part       "char" NOT NULL,
    PRIMARY KEY (token, patient_id) INCLUDE (weight, part)
);
CREATE INDEX patient_name_token_patient ON patient_name_token (patient_id);

CREATE TABLE name_token (
    token  text PRIMARY KEY,
    -- Double Metaphone, primary and alternate.
    sounds text[] NOT NULL
);
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE INDEX name_token_trigrams ON name_token USING gin (token gin_trgm_ops);
CREATE INDEX name_token_prefix ON name_token (token text_pattern_ops);
CREATE INDEX name_token_sounds ON name_token USING gin (sounds);

-- Charts that a user opened last, newest first; kept here and not in the browser, because desks are shared.
CREATE TABLE patient_recent (
    user_id    uuid        NOT NULL,
    patient_id uuid        NOT NULL REFERENCES patient (id),
    seen_at    timestamptz NOT NULL,
    PRIMARY KEY (user_id, patient_id)
);
CREATE INDEX patient_recent_user ON patient_recent (user_id, seen_at DESC);

GRANT SELECT, INSERT ON patient_version, related_patient TO chartkeeper_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON
    patient, patient_name, patient_sex, mrn, mrn_sequence, patient_identifier, patient_address, patient_telecom,
    patient_contact, patient_contact_role, coverage, guarantor, care_team_member, patient_alias, patient_source,
    patient_search, patient_name_token, name_token, patient_recent
    TO chartkeeper_app;
