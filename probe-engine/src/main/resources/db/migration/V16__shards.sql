-- The network that a camera is in, and which of 256 parts of all cameras it belongs to.
alter table camera add column zone text;
alter table camera add column shard smallint generated always as (get_byte(decode(md5(id), 'hex'), 0)) stored;

-- Zones that have probers of their own: such a prober adds its zone when it first starts. From then on the zone's
-- cameras are probed by them alone; remove the row to give the zone up.
create table probe_zone (
    zone  text primary key
);

-- Processes that probe, or stand by.
create table probe_node (
    node     text        primary key,
    zone     text        not null,  -- '': of all cameras that are in no zone above
    seen_at  timestamptz not null
);

-- Who probes which shard. What a prober writes carries the epoch that it took the shard with; a later owner's is
-- higher, and what still comes with an older one is refused.
create sequence shard_epoch;
create table probe_shard (
    zone      text        not null,
    shard     smallint    not null,
    epoch     bigint      not null,
    node      text        not null,  -- '': nobody's
    taken_at  timestamptz not null,
    primary key (zone, shard)
);
