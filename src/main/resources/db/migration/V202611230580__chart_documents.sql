-- Documents: the queue of what came in, what became of its pages, and the words in them.

-- What kinds of document there are. Data: it can be added to and changed; a key never changes its meaning.
CREATE TABLE document_type (
    key             text PRIMARY KEY CHECK (key ~ '^[a-z][a-z0-9-]{1,60}$'),
    title           text    NOT NULL,
    section         text    NOT NULL CHECK (section IN
        ('notes', 'inpatient', 'emergency', 'surgery', 'nursing', 'orders', 'laboratory', 'imaging', 'cardiology',
         'maternity', 'therapy', 'behavioral', 'consents', 'directives', 'outside', 'correspondence', 'registration',
         'legal', 'administrative')),
    -- LOINC document ontology; null where it has no code that fits
    loinc           text,
    -- part of the legal health record; part of the designated record set (45 CFR 164.501)
    legal_record    boolean NOT NULL DEFAULT true,
    record_set      boolean NOT NULL DEFAULT true,
    -- label that every document of the type gets
    sensitivity     text    NOT NULL DEFAULT '',
    retention       text    NOT NULL DEFAULT 'record' CHECK (retention IN ('record', 'administrative', 'permanent')),
    needs_signature boolean NOT NULL DEFAULT false,
    -- the deficiency that such a document closes, as the rules name it; null for none
    closes          text,
    -- a consent or a directive: which kind; null for any other document
    directive       text,
    active          boolean NOT NULL DEFAULT true,
    position        integer NOT NULL
);

-- A file as it came in. It is seen from the moment that its content is safe: until then its state is 'receiving'.
CREATE TABLE intake_file (
    id           uuid PRIMARY KEY,
    facility_id  uuid        NOT NULL,
    sha256       text        NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    size         bigint      NOT NULL CHECK (size > 0),
    media_type   text        NOT NULL,
    -- the file's name without what could do harm: a label, nothing is ever opened by it
    label        text        NOT NULL CHECK (length(label) BETWEEN 1 AND 120),
    channel      text        NOT NULL CHECK (channel IN ('scan', 'fax', 'upload')),
    pages        integer     NOT NULL CHECK (pages >= 1),
    state        text        NOT NULL CHECK (state IN ('receiving', 'waiting', 'indexed', 'removed')),
    received_at  timestamptz NOT NULL,
    received_by  uuid        NOT NULL,
    closed_at    timestamptz,
    closed_by    uuid,
    close_reason text,
    version      integer     NOT NULL DEFAULT 0
);
-- The same content is taken in once, however many send it at the same moment.
CREATE UNIQUE INDEX intake_file_once ON intake_file (facility_id, sha256) WHERE state <> 'removed';
CREATE INDEX intake_file_waiting ON intake_file (facility_id, received_at, id) WHERE state = 'waiting';
CREATE INDEX intake_file_receiving ON intake_file (received_at) WHERE state = 'receiving';

CREATE TABLE intake_page (
    intake_id uuid    NOT NULL REFERENCES intake_file,
    number    integer NOT NULL CHECK (number >= 1),
    rotation  integer NOT NULL DEFAULT 0 CHECK (rotation IN (0, 90, 180, 270)),
    state     text    NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'filed', 'left out')),
    entry_id  uuid,
    PRIMARY KEY (intake_id, number)
);

-- Which pages of which file a document of the record is made of.
CREATE TABLE document_filing (
    entry_id      uuid PRIMARY KEY REFERENCES entry,
    patient_id    uuid        NOT NULL,
    facility_id   uuid        NOT NULL,
    intake_id     uuid        NOT NULL REFERENCES intake_file,
    -- numbers in their order, with a blank between
    pages         text        NOT NULL,
    filed_by      uuid        NOT NULL,
    filed_at      timestamptz NOT NULL,
    taken_back_at timestamptz
);
CREATE INDEX document_filing_of_intake ON document_filing (intake_id);

-- The words of documents, for the search. Joined to entry, whose patient and sensitivity decide who may find them.
CREATE TABLE document_text (
    entry_id   uuid PRIMARY KEY REFERENCES entry,
    patient_id uuid        NOT NULL,
    -- waiting: not read yet; read: the file's own text; recognized: by text recognition; none: there is no text in it,
    -- or recognition is not installed; failed: could not be read
    state      text        NOT NULL CHECK (state IN ('waiting', 'read', 'recognized', 'none', 'failed')),
    body       text        NOT NULL DEFAULT '',
    -- a text search vector holds at most a megabyte
    words      tsvector GENERATED ALWAYS AS (to_tsvector('english', left(body, 400000))) STORED,
    updated_at timestamptz NOT NULL
);
CREATE INDEX document_text_words ON document_text USING gin (words);
CREATE INDEX document_text_of_patient ON document_text (patient_id);

-- Advance directives stand in every banner.
CREATE INDEX entry_directives ON entry (patient_id, event_at DESC)
    WHERE type = 'document' AND category = 'directives';

GRANT SELECT, INSERT, UPDATE, DELETE ON document_type, intake_file, intake_page, document_text TO chartkeeper_app;
GRANT SELECT, INSERT, UPDATE ON document_filing TO chartkeeper_app;

INSERT INTO role_permission (role_key, permission)
VALUES ('records-specialist', 'document.index'),
       ('supervisor', 'document.index')
ON CONFLICT DO NOTHING;
