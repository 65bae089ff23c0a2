-- The work that a fault makes.
create table issue (
    number            bigint generated always as identity unique,
    id                text        primary key,
    camera_id         text        not null,
    outage_id         text,
    kind              text        not null,
    status            text        not null,
    severity          text        not null,
    opened_at         timestamptz not null,
    acknowledged_at   timestamptz,
    resolved_at       timestamptz,
    resolution        text,
    assignee          text,
    details           text,
    planned_visit_at  timestamptz,
    reason            text        not null,
    evidence          text        not null,
    timeline          text        not null,
    -- the transition into the fault: two issues never come of one
    opened_seq        bigint      not null unique,
    -- the transition out of it; null on a resolved issue: closed by hand while the fault stood
    ended_seq         bigint
);
-- I2: a camera has at most one unresolved issue.
create unique index issue_unresolved on issue (camera_id) where status in ('OPEN', 'IN_PROGRESS');
create index issue_camera on issue (camera_id, number);
create index issue_status on issue (status, number);

-- Who is told. The channels hold secrets.
create table recipient (
    id         text    primary key,
    name       text    not null,
    role       text    not null,
    language   text    not null,
    lines      text[]  not null,
    vendors    text[]  not null,
    districts  text[]  not null,
    channels   text    not null,
    enabled    boolean not null,
    version    bigint  not null
);

-- One message to one recipient on one channel; the row is the truth, the id the idempotency key.
create table notification (
    number            bigint generated always as identity unique,
    id                text        primary key,
    issue_id          text        not null references issue,
    outage_id         text,
    camera_id         text        not null,
    recipient_id      text        not null,
    channel           text        not null,
    -- which of the recipient's channels
    channel_key       text        not null,
    event             text        not null,
    status            text        not null,
    attempts          int         not null default 0,
    held_until        timestamptz,
    last_error        text,
    created_at        timestamptz not null,
    sent_at           timestamptz,
    read_at           timestamptz,
    reason            text        not null,
    body              text        not null,
    -- the issue and the camera as they were, JSON
    content           text        not null,
    -- tries in this schedule, which a resend begins anew
    tries             int         not null default 0,
    first_try_at      timestamptz,
    -- due at; null: sent, cancelled or given up
    next_at           timestamptz,
    leased_until      timestamptz,
    lease             text,
    -- a try ended so that the receiver may have got it
    in_doubt          boolean     not null default false,
    round             int         not null default 0
);
-- I4: one OPENED and one RECOVERED a fault, recipient and channel.
create unique index notification_once on notification (issue_id, recipient_id, channel_key, event, round)
    where event in ('OPENED', 'RECOVERED');
create index notification_issue on notification (issue_id, recipient_id, channel_key);
create index notification_due on notification (next_at) where next_at is not null;
create index notification_status on notification (status, number);
create index notification_recipient on notification (recipient_id, number);
create index notification_inbox on notification (number) where channel = 'inbox';

insert into log_cursor values ('alerting', 0) on conflict do nothing;
