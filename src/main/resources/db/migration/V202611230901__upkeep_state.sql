-- The state page tells which migration the database stands at; the application reads that table and nothing more of it.
GRANT SELECT ON flyway_schema_history TO chartkeeper_app;
