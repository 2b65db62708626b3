-- What is active under a code, in all charts: asked when a release of a code system ends codes.
CREATE INDEX entry_listed_code ON entry (code, code_system) WHERE listed AND code IS NOT NULL;
