-- What processes that serve ask of processes that probe, and what these answer. It is of the moment: after a crash of
-- the server none of it is missed, so none of it is logged.

-- A check that somebody waits for. The process that probes the camera takes it and answers.
create unlogged table far_check (
    id         bigint      generated always as identity primary key,
    camera_id  text        not null,
    until_at   timestamptz not null,  -- nobody waits for longer
    node       text,                  -- who has taken it
    outcome    text,
    answer     text
);

-- Processes where somebody looks at results.
create unlogged table result_listener (
    name      text        primary key,
    node      text        not null,  -- under which it probes itself: its own results need no way round
    until_at  timestamptz not null
);

-- The latest results of one process's cameras, while somebody looks.
create unlogged table result_batch (
    id    bigint      generated always as identity primary key,
    node  text        not null,
    at    timestamptz not null default now(),
    body  text        not null
);
