-- One row for each camera and hour, kept when its measurements are gone. The hour first: new rows lie together.
create table measurement_hour (
    hour             timestamptz not null,
    camera           integer     not null,
    checks           integer     not null,
    good             integer     not null,  -- all that was measured was well
    icmp_checks      integer     not null,
    icmp_loss        integer     not null,
    icmp_timeout     integer     not null,
    icmp_fail        integer     not null,
    sent             integer     not null,
    received         integer     not null,
    hls_checks       integer     not null,
    hls_fail         integer     not null,
    hls_error        integer     not null,
    hls_latency_max  integer,               -- milliseconds
    hls_latency_avg  real,
    rtt_avg          real,                  -- milliseconds, by echoes answered
    rtt_max          real,
    primary key (hour, camera)
) partition by range (hour);

create table measurement_hour_default partition of measurement_hour default;

create function add_measurement_month(month date) returns void language plpgsql as $$
declare
    name text := 'measurement_hour_' || to_char(month, 'YYYYMM');
    first timestamptz := date_trunc('month', month::timestamp) at time zone 'UTC';
    next timestamptz := (date_trunc('month', month::timestamp) + interval '1 month') at time zone 'UTC';
begin
    if to_regclass(name) is not null then
        return;
    end if;
    execute format('create table %I (like measurement_hour including all)', name);
    execute format('with moved as (delete from measurement_hour_default where hour >= %L and hour < %L returning *)
                    insert into %I select * from moved', first, next, name);
    execute format('alter table measurement_hour attach partition %I for values from (%L) to (%L)', name, first, next);
end $$;

-- How many measurements each hour got, and how many of them its figures tell of.
create table measurement_due (
    hour     timestamptz primary key,
    written  bigint not null,
    rolled   bigint not null default 0
) with (fillfactor = 50);

insert into measurement_due (hour, written)
select to_timestamp(bucket / 12 * 3600), count(*) from measurement group by 1;
