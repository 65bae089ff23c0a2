-- How long each camera was in which verdict: what transitions say, in the form in which reports read it.
create table verdict_span (
    seq        bigint      primary key,  -- of the transition that began it
    camera_id  text        not null,
    began      timestamptz not null,
    ended      timestamptz not null,     -- infinity: it lasts
    verdict    smallint    not null      -- as measurement.verdict
);

insert into verdict_span
select seq, camera_id, at,
       greatest(at, coalesce(lead(at) over (partition by camera_id order by seq), 'infinity')),
       array_position(array['HEALTHY', 'DEGRADED', 'LINE_FAULT', 'CAMERA_FAULT', 'STREAM_SERVER_FAULT', 'UNKNOWN'],
                      replace(body, '\u0000', '\ufffd')::json ->> 'to')
from event_log where type = 'transition' and camera_id is not null;

-- All of a camera that a report asks for lies together, and is read from here alone.
create index verdict_span_camera on verdict_span (camera_id, ended) include (began, verdict);
