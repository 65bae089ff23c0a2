-- Measurements are shown row by row, after they are chosen: making JSON of those that are not shown cost seconds.
drop view camera_current, camera_check;

create function verdict(m measurement) returns text language sql stable as $$
    select (array['HEALTHY', 'DEGRADED', 'LINE_FAULT', 'CAMERA_FAULT', 'STREAM_SERVER_FAULT', 'UNKNOWN'])[m.verdict]
$$;

create function icmp_json(m measurement) returns text language sql stable as $$
    select case when m.icmp_status is not null then json_build_object(
        'status', (array['SUCCESS', 'LOSS', 'TIMEOUT', 'FAIL'])[m.icmp_status],
        'reason', coalesce(m.icmp_reason, (array['OK', 'LOSS', 'TIMEOUT', 'FAIL'])[m.icmp_status]),
        'sent', m.sent, 'received', m.received,
        'rttMinMs', m.rtt_min, 'rttAvgMs', m.rtt_avg, 'rttMaxMs', m.rtt_max,
        'checkedAt', coalesce(m.icmp_at, m.checked_at))::text end
$$;

create function hls_json(m measurement) returns text language sql stable as $$
    select case when m.hls_status is not null then json_build_object(
        'status', (array['SUCCESS', 'FAIL', 'ERROR'])[m.hls_status],
        'reason', coalesce(m.hls_reason, 'OK'),
        'httpStatus', m.http_status, 'mediaSequence', m.hls_sequence,
        'targetDurationSeconds', m.hls_target, 'latencyMs', m.hls_latency, 'detail', m.hls_detail,
        'warnings', coalesce(string_to_array(m.hls_warnings, ' '), '{}'),
        'checkedAt', coalesce(m.hls_at, m.checked_at))::text end
$$;

-- A camera's checks, newest first: five minutes after five minutes until there are enough, by the index each time.
create function checks_of(key integer, first integer, last integer, since_at timestamptz, until_at timestamptz, most integer)
returns setof measurement language plpgsql stable as $$
declare
    b integer := last;
    found_here integer;
    missing integer := most;
begin
    while b >= first and missing > 0 loop
        return query
            select * from measurement m
            where m.bucket = b and m.camera = key and m.checked_at >= since_at and m.checked_at <= until_at
            order by m.checked_at desc limit missing;
        get diagnostics found_here = row_count;
        missing := missing - found_here;
        b := b - 1;
    end loop;
end $$;

create view camera_current as
select s.camera_id, s.verdict, s.reason, s.since,
       case when (l.m).checked_at > s.since then icmp_json(l.m) else coalesce(s.icmp, icmp_json(l.m)) end as icmp,
       case when (l.m).checked_at > s.since then hls_json(l.m) else coalesce(s.hls, hls_json(l.m)) end as hls
from camera_status s
left join camera_key k on k.camera_id = s.camera_id
left join lateral (
    select m from measurement m
    where m.bucket = k.latest and m.camera = k.key order by m.checked_at desc limit 1) l on true;
