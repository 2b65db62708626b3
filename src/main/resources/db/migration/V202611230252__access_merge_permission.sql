-- Merging charts is a supervisor's act, and a second person's: not of who found that two charts are one person's.
insert into role_permission (role_key, permission) values ('supervisor', 'patient.merge') on conflict do nothing;
