-- A digest, an alarm of the engine's own and what comes of an outage belong to no single issue.
alter table notification alter column issue_id drop not null;
alter table notification alter column camera_id drop not null;
-- the engine's own trouble that it tells of
alter table notification add column alarm_id text;
-- the notice (event DIGEST) that carries this one; it is due and tried in this one's place
alter table notification add column digest_id text references notification;
-- the FAILED notice that this one stands in for
alter table notification add column escalated_from text references notification;
-- what OPENED and RECOVERED have in common
alter table notification add column subject text
    generated always as (coalesce(issue_id, outage_id, alarm_id)) stored;
create index notification_subject on notification (subject, recipient_id, channel_key);
create index notification_digest on notification (digest_id) where digest_id is not null;
create unique index notification_escalated on notification
    (escalated_from, recipient_id, channel_key) where escalated_from is not null;
create unique index notification_alarm_once on notification (alarm_id, recipient_id, channel_key, event)
    where alarm_id is not null;

-- The engine's own troubles, told like faults: at most one open of each kind and subject.
create table alarm (
    id         text        primary key,
    kind       text        not null,
    subject    text        not null,
    details    text        not null,
    opened_at  timestamptz not null,
    ended_at   timestamptz
);
create unique index alarm_open on alarm (kind, subject) where ended_at is null;

-- Words of the notices that an operator has changed; what is not here is built in.
create table notice_template (
    language    text        not null,
    name        text        not null,
    template    text        not null,
    changed_at  timestamptz not null,
    primary key (language, name)
);
