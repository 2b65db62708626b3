-- Questions of chart pages that the first tables leave open.

-- Looks that follow each other closely are one; what changed is counted from the end of the one before it.
ALTER TABLE chart_look ADD COLUMN previous_at timestamptz;

-- All changes of a chart: which entries have more than one version? Partial: an import of new entries pays nothing.
CREATE INDEX entry_changed_again ON entry (patient_id) WHERE current_version > 1;
