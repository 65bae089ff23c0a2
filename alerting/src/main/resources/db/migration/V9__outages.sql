-- One common cause behind many issues: one message, not five hundred.
create table outage (
    number       bigint generated always as identity unique,
    id           text        primary key,
    kind         text        not null,
    -- what its cameras share, such as line:L-17
    key          text        not null,
    reason       text        not null,
    opened_at    timestamptz not null,
    resolved_at  timestamptz
);
-- At most one open of a kind and key.
create unique index outage_open on outage (kind, key) where resolved_at is null;

-- What an issue may share with others: line:L-17, host:media.example; null where it stands alone.
alter table issue add column cause_key text;
create index issue_cause on issue (cause_key, opened_at)
    where outage_id is null and status in ('OPEN', 'IN_PROGRESS');
create index issue_outage on issue (outage_id) where outage_id is not null;

-- I4, for outages.
create unique index notification_outage_once
    on notification (outage_id, recipient_id, channel_key, event, round)
    where issue_id is null and outage_id is not null and event in ('OPENED', 'RECOVERED');

-- What was held and cancelled because an outage told it may have to be told singly later.
drop index notification_once;
create unique index notification_once on notification (issue_id, recipient_id, channel_key, event, round)
    where event in ('OPENED', 'RECOVERED') and status <> 'CANCELLED';
