-- A registration of the Drug Enforcement Administration holds for a state and a place (21 CFR 1301.12), so that it stands with
-- the facility; a hospital's own number carries a code of the practitioner behind a hyphen (21 CFR 1301.22(c)).
alter table practitioner_facility
    add column dea text check (dea ~ '^[A-Z][A-Z9][0-9]{7}(-[A-Za-z0-9]{1,20})?$');
comment on column practitioner_facility.dea is 'DEA number under which this practitioner prescribes controlled substances here; null where none';
create index practitioner_facility_dea on practitioner_facility (dea) where dea is not null;
