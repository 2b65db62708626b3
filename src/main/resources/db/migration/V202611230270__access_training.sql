-- Practitioners in training: what they sign needs the signature of one who answers for them.
ALTER TABLE practitioner ADD COLUMN training text CHECK (training IN ('resident', 'student'));
ALTER TABLE practitioner ADD COLUMN supervisor uuid REFERENCES practitioner;
ALTER TABLE practitioner ADD CONSTRAINT supervised_by_another CHECK (supervisor <> id);
COMMENT ON COLUMN practitioner.training IS 'null for those who sign on their own';
COMMENT ON COLUMN practitioner.supervisor IS 'who co-signs; null where it is the attending of the visit';
