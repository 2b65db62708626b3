-- How a person wants the pages, and the views of worklists that a person or a facility keeps by name.

CREATE TABLE user_preference (
    user_id    uuid PRIMARY KEY REFERENCES app_user,
    theme      text NOT NULL DEFAULT 'system' CHECK (theme IN ('system', 'light', 'dark')),
    density    text NOT NULL DEFAULT 'comfortable' CHECK (density IN ('comfortable', 'compact')),
    shortcuts  boolean NOT NULL DEFAULT true,
    changed_at timestamptz NOT NULL
);

-- The query holds filters of a list (state, department, age), never a name, birth date or number of a patient.
CREATE TABLE saved_view (
    id          uuid PRIMARY KEY,
    user_id     uuid NOT NULL REFERENCES app_user,
    facility_id uuid REFERENCES facility,
    list        text NOT NULL CHECK (list ~ '^/[a-z/-]{1,80}$'),
    name        text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    query       text NOT NULL CHECK (length(query) <= 1000),
    is_default  boolean NOT NULL DEFAULT false,
    created_at  timestamptz NOT NULL,
    UNIQUE (user_id, list, name)
);
CREATE UNIQUE INDEX saved_view_default ON saved_view (user_id, list) WHERE is_default;

GRANT SELECT, INSERT, UPDATE, DELETE ON user_preference, saved_view TO chartkeeper_app;
