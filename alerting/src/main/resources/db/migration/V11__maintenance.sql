-- Why a notice waits, JSON: each reason with its time; held_until is the latest of them.
alter table notification add column holds text;

-- Planned work. A row for each version: what a window was in the past stays, so that reports of the past do not change.
create table maintenance_window (
    id          text        not null,
    version     bigint      not null,
    -- the window, JSON
    body        text        not null,
    valid_from  timestamptz not null,
    -- null: as it stands
    valid_to    timestamptz,
    primary key (id, version)
);
create unique index maintenance_current on maintenance_window (id) where valid_to is null;
create index maintenance_past on maintenance_window (valid_to) where valid_to is not null;
