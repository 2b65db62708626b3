-- Codes that a person keeps at hand or picked lately. Nothing here is about patients.
create table code_choice (
    user_id  uuid    not null,
    system   text    not null,
    code     text    not null,
    favorite boolean not null default false,
    -- last time that the person picked it; null where it was only kept
    used_at  timestamptz,
    primary key (user_id, system, code)
);
create index code_choice_recent on code_choice (user_id, used_at desc) where used_at is not null;
create index code_choice_favorite on code_choice (system, code) where favorite;

grant select, insert, update, delete on code_choice to chartkeeper_app;
