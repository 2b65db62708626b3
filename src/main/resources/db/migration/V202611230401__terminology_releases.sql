-- Code sets: their releases, what each says, and how long it says so. Nothing here is about patients.

-- One file of a kind that was loaded: a release of a code system, or an edition of notes, an index, lists or a map.
create table code_release (
    id          bigint generated always as identity primary key,
    kind        text        not null,
    valid_from  date        not null,
    -- of a file that holds a part of a work alone (a chapter of the Tabular List) which; else empty
    part        text        not null default '',
    name        text        not null,
    row_count   integer     not null,
    billable    integer     not null,
    added       integer     not null,
    revised     integer     not null,
    ended       integer     not null,
    -- of what was read, so that the same release in another wrapping is known again
    fingerprint text        not null,
    file_name   text        not null,
    loaded_by   uuid,
    loaded_at   timestamptz not null,
    unique (kind, valid_from, part)
);

-- Files that were read, by the hash of their bytes: they need not be read twice.
create table code_file (
    sha256     text   not null check (sha256 ~ '^[0-9a-f]{64}$'),
    kind       text   not null,
    valid_from date   not null,
    release_id bigint not null references code_release,
    file_name  text   not null,
    primary key (sha256, kind, valid_from)
);

-- The series that releases follow one another in: a code system, or one list of an editor.
create table code_series (
    series     text   not null,
    valid_from date   not null,
    release_id bigint not null references code_release,
    primary key (series, valid_from)
);

-- What releases say of a code, each saying once for as long as releases repeat it.
create table code_entry (
    id          bigint generated always as identity primary key,
    series      text    not null,
    code        text    not null,
    title       text    not null,
    short_title text    not null,
    billable    boolean not null,
    detail      text    not null,
    -- first release that says so, and the first after it that does not; null where the newest still does
    since       date    not null,
    until       date,
    check (until > since)
);
create index code_entry_code on code_entry (series, code);
-- packages of a drug
create index code_entry_package on code_entry (title) where series in ('rxnorm-package', 'rxnorm-ndc');
create index code_entry_since on code_entry (series, since);
create index code_entry_until on code_entry (series, until) where until is not null;

-- Chapters and blocks of an edition of the Tabular List.
create table code_place (
    release_id bigint  not null references code_release,
    ordinal    integer not null,
    chapter    integer not null,
    place      text    not null,
    title      text    not null,
    primary key (release_id, ordinal)
);

-- Instructions of an edition of the Tabular List, in its order.
create table code_note (
    release_id bigint  not null references code_release,
    ordinal    integer not null,
    chapter    integer not null,
    stated_at  text    not null,
    kind       text    not null,
    words      text    not null,
    primary key (release_id, ordinal)
);

create table code_seventh (
    release_id bigint  not null references code_release,
    ordinal    integer not null,
    chapter    integer not null,
    stated_at  text    not null,
    symbol     text    not null check (length(symbol) = 1),
    meaning    text    not null,
    primary key (release_id, ordinal)
);

-- Terms of an index or a table, with the whole path to each.
create table code_term (
    release_id    bigint  not null references code_release,
    ordinal       integer not null,
    words         text    not null,
    -- the column of a table, 0 in an index
    place         integer not null,
    code          text    not null,
    manifestation text    not null,
    primary key (release_id, ordinal)
);

grant select, insert, update, delete on code_release, code_file, code_series, code_entry, code_place, code_note,
    code_seventh, code_term to chartkeeper_app;
