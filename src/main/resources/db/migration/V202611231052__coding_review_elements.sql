-- A second review compares what goes with the codes too: which diagnosis is first, presence on admission, modifiers, units,
-- the day of a procedure and how often it is given. Both columns then have its value instead of a code.

alter table coding_review_line
    add column element text not null default 'code'
        check (element in ('code', 'principal', 'poa', 'modifiers', 'units', 'day', 'times')),
    -- the code that it goes with; null for codes and for the choice of the first one
    add column about text;

-- Whose work a step was counted for: a case that is reopened and coded by somebody else takes nothing from a month that is
-- over. Null for what was there before; the case's coder is told then.
alter table coding_step add column coder uuid references app_user;
create index coding_step_final on coding_step (at) where state = 'final coded';
