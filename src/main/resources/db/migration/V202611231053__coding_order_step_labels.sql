-- An answer to a finding copies words of what the finding rests on: it keeps the closed labels of records without which the
-- finding would not be there, and whoever lacks the right to one does not see the step.

alter table coding_order_step add column sensitivity text not null default '';
