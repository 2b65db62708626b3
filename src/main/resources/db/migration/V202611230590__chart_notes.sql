-- Notes: their words for search, and drafts of those that are being written.

-- The words in force. The typed row holds the text so that a search reads this patient's rows and nobody else's: there is
-- deliberately no index over the words of all patients.
ALTER TABLE note ADD COLUMN text text;
UPDATE note n SET text = v.content ->> 'text'
FROM entry e
JOIN entry_version v ON v.entry_id = e.id AND v.number = CASE e.in_force_version WHEN 0 THEN e.current_version ELSE e.in_force_version END
WHERE e.id = n.id;
-- A tsvector has an upper limit; what a text says beyond a quarter of a million characters is not found.
ALTER TABLE note ADD COLUMN words tsvector
    GENERATED ALWAYS AS (to_tsvector('english', left(coalesce(text, ''), 250000))) STORED;
CREATE INDEX note_of_patient ON note (patient_id);

-- One draft per person, patient, visit and what it is to become. Its words are no part of the record.
CREATE TABLE note_draft (
    id           uuid PRIMARY KEY,
    user_id      uuid        NOT NULL,
    patient_id   uuid        NOT NULL REFERENCES patient,
    encounter_id uuid        REFERENCES encounter,
    kind         text        NOT NULL,
    -- the unsigned note that it goes on with, and the version that it was read at
    revises      uuid,
    based_on     integer,
    -- the chart that it was begun in, where that one was merged into this
    begun_in     uuid,
    -- JSON of the sheet
    content      text        NOT NULL,
    -- how often it was saved; a form carries it
    number       integer     NOT NULL DEFAULT 1,
    begun_at     timestamptz NOT NULL,
    saved_at     timestamptz NOT NULL,
    CHECK ((revises IS NULL) = (based_on IS NULL)),
    UNIQUE NULLS NOT DISTINCT (user_id, patient_id, encounter_id, kind, revises, begun_in)
);
CREATE INDEX note_draft_of_user ON note_draft (user_id, saved_at DESC);

GRANT SELECT, INSERT, UPDATE, DELETE ON note_draft TO chartkeeper_app;
