-- What facilities rule about the record: when an entry is late, whose signature needs another's, which codes carry a label.

alter table facility
    add column late_entry_hours int not null default 24 check (late_entry_hours between 1 and 720);
comment on column facility.late_entry_hours is 'how long after an event its documentation may be stated and is no late entry';

-- Residents, students and, where the facility rules so, nurse practitioners: what they sign is co-signed.
alter table practitioner_facility
    add column cosigner uuid references practitioner,
    add check (cosigner <> practitioner_id);
comment on column practitioner_facility.cosigner is 'who co-signs what this practitioner signs here; null where nobody needs to';
create index practitioner_facility_cosigner on practitioner_facility (cosigner) where cosigner is not null;

-- Codes that put a label on an entry by themselves. They begin with the prefix, or are it where it is exact. All of these
-- labels are open with the chart; the closed ones come from note types, departments and facilities alone.
create table sensitivity_code (
    label  text    not null references sensitivity_label,
    system text    not null,
    code   text    not null check (code <> ''),
    exact  boolean not null default false,
    primary key (system, code, label)
);
insert into sensitivity_code (label, system, code, exact)
select label, 'http://hl7.org/fhir/sid/icd-10-cm', unnest(string_to_array(codes, ' ')), false
from (values ('hiv', 'B20 B97.35 O98.7 R75 Z20.6 Z21 Z71.7'),
             ('mental-health', 'F2 F3 F4 F5 F6 F90 F91 F92 F93 F94 F95 F98 F99 R45.85 T14.91 Z91.5'),
             ('genetic', 'Z13.7 Z14 Z15 Z31.43 Z31.44 Z31.5'),
             ('reproductive', 'O00 O01 O02 O03 O04 O07 O08 Z30 Z31.2 Z31.4 Z31.6 Z31.8 Z31.9 Z32 Z33 Z64.0')) list (label, codes);
insert into sensitivity_code (label, system, code, exact)
select label, 'http://snomed.info/sct', unnest(string_to_array(codes, ' ')), true
from (values ('hiv', '86406008 62479008 165816005'),
             ('mental-health', '370143000 36923009 35489007 231504006 197480006 58214004 13746004 47505003 72366004'),
             ('reproductive', '72892002 19169002 35999006 237240001 386639001 169553002')) list (label, codes);
insert into sensitivity_code (label, system, code, exact)
select 'hiv', 'http://loinc.org', unnest(string_to_array('75622-1 56888-1 7917-8 68961-2 25836-8 20447-9 24467-3 80387-4', ' ')),
       true;
grant select, insert, update, delete on sensitivity_code to chartkeeper_app;
