-- Cameras. A removed one stays as a tombstone: its history and its issues refer to it.
create table camera (
    id            text primary key,
    name          text,
    address       text,
    latitude      double precision,
    longitude     double precision,
    ip            text,
    hls_url       text,
    line          text,
    site          text,
    district      text,
    vendor        text,
    enabled       boolean     not null default true,
    interval_ms   bigint,
    probe_icmp    boolean     not null default true,
    probe_hls     boolean     not null default true,
    version       bigint      not null,
    removed       boolean     not null default false,
    -- from log_head 'camera': ascending in commit order, so that a reader never skips a change
    revision      bigint      not null unique
);
create index camera_line on camera (line) where not removed;
create index camera_district on camera (district) where not removed;
create index camera_vendor on camera (vendor) where not removed;

-- The last number given in each numbering. Its row lock, held until commit, makes numbers visible in their order.
create table log_head (
    name  text   primary key,
    seq   bigint not null
);
insert into log_head values ('event', 0), ('camera', 0);

-- The spine: transitions, issues and notifications under one numbering.
create table event_log (
    seq        bigint primary key,
    type       text        not null,
    subject    text        not null,
    camera_id  text,
    body       text        not null,
    at         timestamptz not null
);
create index event_log_transition on event_log (seq) where type = 'transition';
create index event_log_camera on event_log (camera_id, seq) where type = 'transition';

-- Each camera's confirmed verdict (moved with its transition, in one transaction) and latest measurements (in batches).
create table camera_status (
    camera_id   text primary key,
    verdict     text        not null,
    reason      text        not null,
    since       timestamptz not null,
    seq         bigint      not null,
    icmp        text,
    hls         text,
    checked_at  timestamptz
);
create index camera_status_verdict on camera_status (verdict);

-- What was measured.
create table probe_check (
    camera_id   text        not null,
    checked_at  timestamptz not null,
    verdict     text        not null,
    reason      text        not null,
    since       timestamptz not null,
    icmp        text,
    hls         text,
    primary key (camera_id, checked_at)
);
create index probe_check_at on probe_check using brin (checked_at);

-- How far each reader of event_log has come.
create table log_cursor (
    consumer  text   primary key,
    seq       bigint not null
);
