-- How each process that probes does, by its own word: the watchdog may run in another process.
create table engine_report (
    node           text        primary key,
    reported_at    timestamptz not null,
    state          text        not null,
    explanation    text        not null,
    cameras        int         not null,
    last_probe_at  timestamptz not null
);
