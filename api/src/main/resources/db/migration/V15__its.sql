-- Cameras that came from the ITS list. A row stays where its camera is removed by hand: it is not to come back.
create table its_camera (
    camera_id text primary key,
    -- lists in a row that it was missing from
    absent    int         not null,
    -- by us, so that we may let it go on
    paused    boolean     not null,
    seen_at   timestamptz not null
);
create index its_camera_seen_at on its_camera (seen_at);

-- One row: when it is fetched next, by whichever process takes it, and how the last fetch went.
create table its_source (
    only_one     boolean primary key default true check (only_one),
    next_at      timestamptz not null,
    succeeded_at timestamptz,
    failure      text,
    failed_since timestamptz,
    listed       int not null default 0,
    created      int not null default 0,
    updated      int not null default 0,
    skipped      int not null default 0
);
insert into its_source (next_at) values (now());
