-- Results to acknowledge. What was entered here waits by its signature; these rows are of what was final at its source.

CREATE TABLE result_due (
    entry_id        uuid PRIMARY KEY REFERENCES entry,
    patient_id      uuid        NOT NULL REFERENCES patient,
    practitioner_id uuid        NOT NULL,
    -- the version that is to be seen
    number          integer     NOT NULL,
    urgency         text        NOT NULL CHECK (urgency IN ('critical', 'abnormal', 'routine')),
    arrived_at      timestamptz NOT NULL,
    due_at          timestamptz NOT NULL
);
CREATE INDEX result_due_practitioner ON result_due (practitioner_id, due_at, entry_id);
CREATE INDEX result_due_patient ON result_due (patient_id);

CREATE TABLE result_acknowledgement (
    id              uuid PRIMARY KEY,
    entry_id        uuid        NOT NULL,
    number          integer     NOT NULL,
    patient_id      uuid        NOT NULL,
    practitioner_id uuid        NOT NULL,
    user_id         uuid        NOT NULL,
    at              timestamptz NOT NULL,
    followed        text        NOT NULL,
    comment         text,
    audit_event     uuid        NOT NULL,
    FOREIGN KEY (entry_id, number) REFERENCES entry_version
);
CREATE INDEX result_acknowledgement_entry ON result_acknowledgement (entry_id, at);
CREATE TRIGGER result_acknowledgement_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON result_acknowledgement
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE result_acknowledgement ENABLE ALWAYS TRIGGER result_acknowledgement_only_grows;

-- What waits for a signature and is a result stands with the results.
CREATE INDEX entry_result_awaiting ON entry (signer, entered_at, id)
    WHERE signature_state IN ('unsigned', 'co-signature due') AND type IN ('observation', 'diagnostic-report');

GRANT SELECT, INSERT, UPDATE, DELETE ON result_due TO chartkeeper_app;
GRANT SELECT, INSERT ON result_acknowledgement TO chartkeeper_app;
