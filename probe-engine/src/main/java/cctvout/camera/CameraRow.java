package cctvout.camera;

import cctvout.store.Columns;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** A row of table {@code camera}, tombstones too. */
record CameraRow(Camera camera, boolean removed, long revision) {

    /** Adds or replaces {@code :n} rows under revisions that follow on each other. */
    static final String SAVE =
            """
            with head as (
                update log_head set seq = seq + :n where name = 'camera' returning seq),
            added as (
                select r.*, head.seq - :n + row_number() over () as revision
                from head, json_to_recordset(:rows::json) as r (
                    id text, name text, address text, latitude double precision,
                    longitude double precision, ip text, "hlsUrl" text, line text, site text,
                    district text, vendor text, zone text, enabled boolean, "intervalMs" bigint, icmp boolean,
                    hls boolean, version bigint))
            insert into camera (
                id, name, address, latitude, longitude, ip, hls_url, line, site, district, vendor,
                zone, enabled, interval_ms, probe_icmp, probe_hls, version, removed, revision)
            select id, name, address, latitude, longitude, ip, "hlsUrl", line, site, district, vendor,
                zone, enabled, "intervalMs", icmp, hls, version, false, revision
            from added
            on conflict (id) do update set
                name = excluded.name, address = excluded.address, latitude = excluded.latitude,
                longitude = excluded.longitude, ip = excluded.ip, hls_url = excluded.hls_url,
                line = excluded.line, site = excluded.site, district = excluded.district,
                vendor = excluded.vendor, zone = excluded.zone, enabled = excluded.enabled,
                interval_ms = excluded.interval_ms, probe_icmp = excluded.probe_icmp,
                probe_hls = excluded.probe_hls, version = excluded.version, removed = false,
                revision = excluded.revision
            """;

    /**
     * What follows on {@code :revision}, as one text: all cameras are read so at a start, and a row
     * of so many columns costs the driver several times what its JSON does.
     */
    static final String PAGE =
            """
            select coalesce(json_agg(c order by c.revision), '[]')::text as rows
            from (select * from camera where revision > :revision order by revision limit :page) c
            """;

    /** Those of {@code :ids}, as one text too; with more conditions where they are added. */
    static final String SOME =
            """
            select coalesce(json_agg(c), '[]')::text as rows
            from (select * from camera where id = any(:ids)%s) c
            """;

    /** What follows on {@code :revision} of a part: of a zone, or of all that are in none. */
    static final String PAGE_OF_PART =
            """
            select coalesce(json_agg(c order by c.revision), '[]')::text as rows
            from (select * from camera
                  where revision > :revision and shard = any(:shards)
                      and (zone = :zone or :zone = '' and (zone is null or zone <> all(:zones)))
                  order by revision limit :page) c
            """;

    /** As it is read, by the names of the columns: in pages as JSON, else cell by cell. */
    record Read(
            String id,
            @Nullable String name,
            @Nullable String address,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable String ip,
            @JsonProperty("hls_url") @Nullable String hlsUrl,
            @Nullable String line,
            @Nullable String site,
            @Nullable String district,
            @Nullable String vendor,
            @Nullable String zone,
            boolean enabled,
            @JsonProperty("interval_ms") @Nullable Long intervalMs,
            @JsonProperty("probe_icmp") boolean icmp,
            @JsonProperty("probe_hls") boolean hls,
            long version,
            boolean removed,
            long revision) {

        CameraRow row() {
            Camera camera =
                    new Camera(
                            new CameraId(id),
                            name,
                            address,
                            latitude,
                            longitude,
                            ip,
                            hlsUrl,
                            line,
                            site,
                            district,
                            vendor,
                            zone,
                            enabled,
                            intervalMs == null ? null : Duration.ofMillis(intervalMs),
                            new Camera.Probes(icmp, hls),
                            version);
            return new CameraRow(camera, removed, revision);
        }
    }

    /** As it is written. */
    record Written(
            String id,
            @Nullable String name,
            @Nullable String address,
            @Nullable Double latitude,
            @Nullable Double longitude,
            @Nullable String ip,
            @Nullable String hlsUrl,
            @Nullable String line,
            @Nullable String site,
            @Nullable String district,
            @Nullable String vendor,
            @Nullable String zone,
            boolean enabled,
            @Nullable Long intervalMs,
            boolean icmp,
            boolean hls,
            long version) {

        static Written of(Camera c) {
            return new Written(
                    c.id().value(),
                    c.name(),
                    c.address(),
                    c.latitude(),
                    c.longitude(),
                    c.ip(),
                    c.hlsUrl(),
                    c.line(),
                    c.site(),
                    c.district(),
                    c.vendor(),
                    c.zone(),
                    c.enabled(),
                    c.interval() == null ? null : c.interval().toMillis(),
                    c.probes().icmp(),
                    c.probes().hls(),
                    c.version());
        }
    }

    static CameraRow of(Readable row) {
        return new Read(
                        Columns.text(row, "id"),
                        row.get("name", String.class),
                        row.get("address", String.class),
                        row.get("latitude", Double.class),
                        row.get("longitude", Double.class),
                        row.get("ip", String.class),
                        row.get("hls_url", String.class),
                        row.get("line", String.class),
                        row.get("site", String.class),
                        row.get("district", String.class),
                        row.get("vendor", String.class),
                        row.get("zone", String.class),
                        Columns.flag(row, "enabled"),
                        row.get("interval_ms", Long.class),
                        Columns.flag(row, "probe_icmp"),
                        Columns.flag(row, "probe_hls"),
                        Columns.number(row, "version"),
                        Columns.flag(row, "removed"),
                        Columns.number(row, "revision"))
                .row();
    }

    long version() {
        return camera.version();
    }
}
