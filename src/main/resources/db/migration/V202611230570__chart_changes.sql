-- Entered for the wrong patient: what moved between charts, who asked, who confirmed, who is told.

CREATE TABLE entry_move (
    id                uuid PRIMARY KEY,
    version           integer     NOT NULL DEFAULT 0,
    facility_id       uuid        NOT NULL,
    from_patient      uuid        NOT NULL REFERENCES patient,
    to_patient        uuid        NOT NULL REFERENCES patient,
    -- the visit that is to move; null where an entry moves
    from_encounter    uuid,
    to_encounter      uuid,
    -- what stood when it was asked for
    seen              text        NOT NULL,
    reason            text        NOT NULL,
    state             text        NOT NULL CHECK (state IN ('waiting', 'done', 'refused')),
    asked_by          uuid        NOT NULL,
    asked_at          timestamptz NOT NULL,
    decided_by        uuid,
    decided_at        timestamptz,
    comment           text,
    -- false while no part of the product keeps disclosures: nobody has looked
    disclosures_known boolean     NOT NULL DEFAULT false,
    CHECK (from_patient <> to_patient),
    CHECK ((state = 'waiting') = (decided_at IS NULL))
);
CREATE INDEX entry_move_waiting ON entry_move (facility_id, asked_at) WHERE state = 'waiting';

CREATE TABLE entry_move_item (
    move_id    uuid    NOT NULL REFERENCES entry_move,
    number     integer NOT NULL,
    from_entry uuid    NOT NULL,
    -- null until it is done
    to_entry   uuid,
    PRIMARY KEY (move_id, number)
);
CREATE INDEX entry_move_item_from ON entry_move_item (from_entry);
CREATE INDEX entry_move_item_to ON entry_move_item (to_entry) WHERE to_entry IS NOT NULL;

CREATE TABLE entry_move_disclosure (
    move_id      uuid        NOT NULL REFERENCES entry_move,
    from_entry   uuid        NOT NULL,
    disclosure   text        NOT NULL,
    recipient    text        NOT NULL,
    disclosed_at timestamptz NOT NULL,
    PRIMARY KEY (move_id, from_entry, disclosure)
);

-- Who is told of something in a chart: a practitioner whose words it was, or the account that entered it.
CREATE TABLE chart_notice (
    id              uuid PRIMARY KEY,
    practitioner_id uuid,
    user_id         uuid,
    patient_id      uuid        NOT NULL REFERENCES patient,
    entry_id        uuid        NOT NULL,
    kind            text        NOT NULL CHECK (kind IN ('moved out', 'move refused')),
    by_user         uuid        NOT NULL,
    comment         text,
    at              timestamptz NOT NULL,
    seen_at         timestamptz,
    CHECK ((practitioner_id IS NULL) <> (user_id IS NULL))
);
CREATE INDEX chart_notice_practitioner ON chart_notice (practitioner_id, at DESC) WHERE seen_at IS NULL;
CREATE INDEX chart_notice_user ON chart_notice (user_id, at DESC) WHERE seen_at IS NULL;

GRANT SELECT, INSERT, UPDATE ON entry_move, entry_move_item, chart_notice TO chartkeeper_app;
GRANT SELECT, INSERT ON entry_move_disclosure TO chartkeeper_app;

-- A supervisor confirms the move of what is signed.
INSERT INTO role_permission (role_key, permission)
SELECT key, 'chart.move-confirm' FROM role WHERE key = 'supervisor' AND shipped
ON CONFLICT DO NOTHING;

-- What was added to an entry: few notes are addenda.
CREATE INDEX note_addendum ON note (patient_id, addendum_to) WHERE addendum_to IS NOT NULL;
