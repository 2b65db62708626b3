-- A question of chart pages that the first indexes leave open; partial, so that an import of new entries pays nothing.

-- All changes of a chart: which entries have more than one version?
CREATE INDEX entry_changed_again ON entry (patient_id) WHERE current_version > 1;
