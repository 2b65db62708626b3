-- A case, with its codes, queries and history, keeps the closed labels of all that it ever rested on: a label survives
-- the copy of what it is on.

alter table coding_case add column sensitivity text not null default '';
comment on column coding_case.sensitivity is 'closed labels with a blank between; whoever lacks the right to one does not know of the case';

-- Whether the person whom the transaction names (app.user, app.facilities) may read what carries these labels.
create function may_see_labels(labels text) returns boolean
    language plpgsql stable parallel safe as
$$
declare
    me uuid;
begin
    if labels = '' then
        return true;
    end if;
    me := nullif(current_setting('app.user', true), '')::uuid;
    if me = '00000000-0000-7000-8000-000000000001' then
        return true;
    end if;
    return not exists (
        select from unnest(string_to_array(labels, ' ')) as l (key)
        join sensitivity_label s on s.key = l.key
        where s.permission is not null
          and not exists (
            select from user_role ur join role_permission rp on rp.role_key = ur.role_key
            where ur.user_id = me and rp.permission = s.permission
              and ur.facility_id = any (
                string_to_array(nullif(current_setting('app.facilities', true), ''), ',')::uuid[])));
end
$$;

update coding_case c
set sensitivity = r.labels
from (select d.case_id, string_agg(distinct l.key, ' ' order by l.key) as labels
      from (select k.case_id, e.entry_id from coding_evidence e join coding_code k on k.id = e.code_id
            union
            select q.case_id, i.entry_id from coding_query_indicator i join coding_query q on q.id = i.query_id) d
      join entry n on n.id = d.entry_id and n.sensitivity <> ''
      join sensitivity_label l on l.permission is not null and l.key = any (string_to_array(n.sensitivity, ' '))
      group by d.case_id) r
where r.case_id = c.id;
