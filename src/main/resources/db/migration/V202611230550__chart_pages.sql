-- Questions of chart pages that the first indexes leave open. Both are partial: an import of final entries pays for neither.

-- The banner: does anything of this patient wait for a signature?
CREATE INDEX entry_unsigned ON entry (patient_id) WHERE signature_state IN ('unsigned', 'co-signature due');
-- All changes of a chart: which entries have more than one version?
CREATE INDEX entry_changed_again ON entry (patient_id) WHERE current_version > 1;
