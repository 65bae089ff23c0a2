-- Who is told of which faults, and when.
create table policy (
    id        text    primary key,
    priority  int     not null,
    body      text    not null,
    version   bigint  not null
);

-- What is still to come for a fault that was told and that nobody has taken up.
create table follow_up (
    -- an issue or an outage
    subject      text        not null,
    is_outage    boolean     not null,
    policy_id    text        not null,
    camera_id    text        not null,
    kind         text        not null,
    severity     text        not null,
    -- ids of those whom the first notice went to
    told         text[]      not null,
    told_at      timestamptz not null,
    last_at      timestamptz not null,
    reminders    int         not null,
    escalations  int         not null,
    next_at      timestamptz not null,
    primary key (subject, policy_id)
);
create index follow_up_due on follow_up (next_at);
create index follow_up_policy on follow_up (policy_id);

-- Cameras that are DEGRADED, until that has lasted for the rounds that a policy asks for.
create table degraded_wait (
    camera_id   text        primary key,
    -- the transition into it: the issue will be made of it
    seq         bigint      not null,
    transition  text        not null,
    since       timestamptz not null,
    -- looked at again then
    next_at     timestamptz not null
);
create index degraded_wait_due on degraded_wait (next_at);
