-- A short number for each camera that was ever measured, and where its newest measurement lies.
create table camera_key (
    key        integer generated always as identity primary key,
    camera_id  text    not null unique,
    -- five minutes, as measurement.bucket; moves once in five minutes at most, in place
    latest     integer not null
) with (fillfactor = 70);

-- What was measured, one row a check, written by COPY. Wide columns first: no padding. Null reasons are the usual ones.
create table measurement (
    checked_at     timestamptz not null,
    since          timestamptz not null,
    icmp_at        timestamptz,           -- null: checked_at
    hls_at         timestamptz,           -- null: checked_at
    hls_sequence   bigint,
    bucket         integer     not null,  -- five minutes since 1970
    camera         integer     not null,
    rtt_min        real,                  -- milliseconds
    rtt_avg        real,
    rtt_max        real,
    hls_target     real,                  -- seconds
    hls_latency    integer,               -- milliseconds
    verdict        smallint    not null,  -- 1 to 6: HEALTHY DEGRADED LINE_FAULT CAMERA_FAULT STREAM_SERVER_FAULT UNKNOWN
    icmp_status    smallint,              -- 1 to 4: SUCCESS LOSS TIMEOUT FAIL; null: not measured
    sent           smallint,
    received       smallint,
    hls_status     smallint,              -- 1 to 3: SUCCESS FAIL ERROR; null: not measured
    http_status    smallint,
    reason         text,                  -- null: OK
    icmp_reason    text,                  -- null: OK with SUCCESS, else as the status
    hls_reason     text,                  -- null: OK
    hls_detail     text,
    hls_warnings   text                   -- separated by blanks
) partition by range (bucket);

-- Bucket first: in five minutes all cameras' entries go to a few pages. Equal entries share one: some 7 bytes a row.
create index measurement_camera on measurement (bucket, camera);

-- What has no day yet: empty unless a clock is wrong.
create table measurement_default partition of measurement default;

-- Makes a day's partition; what lay in the default one moves there.
create function add_measurement_day(day date) returns void language plpgsql as $$
declare
    name text := 'measurement_' || to_char(day, 'YYYYMMDD');
    first integer := extract(epoch from day::timestamp)::bigint / 300;
begin
    if to_regclass(name) is not null then
        return;
    end if;
    execute format('create table %I (like measurement including all) with (autovacuum_vacuum_insert_threshold = -1)', name);
    execute format('with moved as (delete from measurement_default where bucket >= %s and bucket < %s returning *)
                    insert into %I select * from moved', first, first + 288, name);
    execute format('alter table measurement attach partition %I for values from (%s) to (%s)', name, first, first + 288);
end $$;

-- A check as REST shows it.
create view camera_check as
select m.bucket, m.camera, m.checked_at, m.since, coalesce(m.reason, 'OK') as reason,
       (array['HEALTHY', 'DEGRADED', 'LINE_FAULT', 'CAMERA_FAULT', 'STREAM_SERVER_FAULT', 'UNKNOWN'])[m.verdict] as verdict,
       case when m.icmp_status is not null then json_build_object(
           'status', i.status,
           'reason', coalesce(m.icmp_reason, case when i.status = 'SUCCESS' then 'OK' else i.status end),
           'sent', m.sent, 'received', m.received,
           'rttMinMs', m.rtt_min, 'rttAvgMs', m.rtt_avg, 'rttMaxMs', m.rtt_max,
           'checkedAt', coalesce(m.icmp_at, m.checked_at))::text end as icmp,
       case when m.hls_status is not null then json_build_object(
           'status', (array['SUCCESS', 'FAIL', 'ERROR'])[m.hls_status],
           'reason', coalesce(m.hls_reason, 'OK'),
           'httpStatus', m.http_status, 'mediaSequence', m.hls_sequence,
           'targetDurationSeconds', m.hls_target, 'latencyMs', m.hls_latency, 'detail', m.hls_detail,
           'warnings', coalesce(string_to_array(m.hls_warnings, ' '), '{}'),
           'checkedAt', coalesce(m.hls_at, m.checked_at))::text end as hls
from measurement m,
     lateral (select (array['SUCCESS', 'LOSS', 'TIMEOUT', 'FAIL'])[m.icmp_status] as status) i;

-- Each camera's verdict with its newest measurements, or with the evidence of the verdict where that is newer.
create view camera_current as
select s.camera_id, s.verdict, s.reason, s.since,
       case when m.checked_at > s.since then m.icmp else coalesce(s.icmp, m.icmp) end as icmp,
       case when m.checked_at > s.since then m.hls else coalesce(s.hls, m.hls) end as hls
from camera_status s
left join camera_key k on k.camera_id = s.camera_id
left join lateral (
    select c.checked_at, c.icmp, c.hls from camera_check c
    where c.bucket = k.latest and c.camera = k.key order by c.checked_at desc limit 1) m on true;

-- What the table before this one held.
insert into camera_key (camera_id, latest)
select camera_id, max(extract(epoch from checked_at)::bigint / 300)::integer from probe_check group by camera_id;

select add_measurement_day(day::date)
from (select distinct date_trunc('day', checked_at at time zone 'UTC') as day from probe_check
      union select generate_series(date_trunc('day', now() at time zone 'UTC'),
                                   date_trunc('day', now() at time zone 'UTC') + interval '2 days', interval '1 day')) days;

insert into measurement
select p.checked_at, p.since,
       nullif((i ->> 'checkedAt')::timestamptz, p.checked_at), nullif((h ->> 'checkedAt')::timestamptz, p.checked_at),
       (h ->> 'mediaSequence')::bigint, floor(extract(epoch from p.checked_at) / 300)::integer, k.key,
       (i ->> 'rttMinMs')::real, (i ->> 'rttAvgMs')::real, (i ->> 'rttMaxMs')::real,
       (h ->> 'targetDurationSeconds')::real, least((h ->> 'latencyMs')::bigint, 2147483647)::integer,
       array_position(array['HEALTHY', 'DEGRADED', 'LINE_FAULT', 'CAMERA_FAULT', 'STREAM_SERVER_FAULT', 'UNKNOWN'], p.verdict),
       array_position(array['SUCCESS', 'LOSS', 'TIMEOUT', 'FAIL'], i ->> 'status'),
       (i ->> 'sent')::smallint, (i ->> 'received')::smallint,
       array_position(array['SUCCESS', 'FAIL', 'ERROR'], h ->> 'status'), (h ->> 'httpStatus')::smallint,
       nullif(p.reason, 'OK'),
       case when i ->> 'reason' <> case i ->> 'status' when 'SUCCESS' then 'OK' else i ->> 'status' end then i ->> 'reason' end,
       nullif(h ->> 'reason', 'OK'), h ->> 'detail',
       (select nullif(string_agg(w, ' '), '') from json_array_elements_text(h -> 'warnings') w)
from (select *, replace(icmp, '\u0000', '\ufffd')::json as i, replace(hls, '\u0000', '\ufffd')::json as h from probe_check) p
join camera_key k using (camera_id);

drop table probe_check;
alter table camera_status drop column checked_at;
