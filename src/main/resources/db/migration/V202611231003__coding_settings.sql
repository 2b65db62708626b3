-- How a facility codes is changed on a page: two people must not overwrite each other.

alter table coding_policy add column version integer not null default 0;
