-- Two charts of one person become one. Append-only rows keep the patient that they were written for; current rows move,
-- and each that moved is noted, so that a merge can be undone.

CREATE TABLE patient_merge (
    id          uuid PRIMARY KEY,
    loser       uuid        NOT NULL REFERENCES patient (id),
    survivor    uuid        NOT NULL REFERENCES patient (id),
    -- what the loser was called and numbered, for those who look for it
    label       text        NOT NULL,
    reason      text        NOT NULL,
    merged_by   uuid        NOT NULL,
    merged_at   timestamptz NOT NULL,
    audit_event uuid        NOT NULL,
    CHECK (loser <> survivor)
);
CREATE INDEX patient_merge_survivor ON patient_merge (survivor);
CREATE INDEX patient_merge_loser ON patient_merge (loser);

CREATE TABLE merge_move (
    merge_id   uuid NOT NULL REFERENCES patient_merge (id),
    table_name text NOT NULL,
    -- key of the row as text
    row_key    text NOT NULL,
    PRIMARY KEY (merge_id, table_name, row_key)
);

CREATE TRIGGER patient_merge_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON patient_merge
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER merge_move_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON merge_move
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A patient and those who were merged into it: append-only rows are found by all of these.
CREATE FUNCTION patients_of(patient uuid) RETURNS SETOF uuid
    LANGUAGE sql STABLE PARALLEL SAFE AS
$$
SELECT $1 UNION ALL SELECT p.id FROM patient p WHERE p.merged_into = $1
$$;

GRANT SELECT, INSERT ON patient_merge, merge_move TO chartkeeper_app;
