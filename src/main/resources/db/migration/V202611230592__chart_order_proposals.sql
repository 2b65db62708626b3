-- An order whose change was declined may be proposed anew: a refused proposal still says what it was to replace. That
-- only one waits at a time is told by the order itself, which is locked and has a pending change then.
DROP INDEX medication_order_replaces;
CREATE INDEX medication_order_replaces ON medication_order (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX medication_order_draft ON medication_order (patient_id) WHERE status = 'draft';
