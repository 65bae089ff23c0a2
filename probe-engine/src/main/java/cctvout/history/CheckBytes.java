package cctvout.history;

import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.hls.HlsStatus;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.status.CameraStatus;
import cctvout.status.Verdict;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Checks as rows of PostgreSQL's binary COPY format (its manual, COPY, "Binary Format"): the server
 * has nothing to parse.
 */
final class CheckBytes {

    /** The columns, in the order in which they are written. */
    static final String COPY =
            """
            copy measurement (
                bucket, camera, checked_at, since, verdict, reason,
                icmp_at, icmp_status, icmp_reason, sent, received, rtt_min, rtt_avg, rtt_max,
                hls_at, hls_status, hls_reason, http_status, hls_sequence, hls_target, hls_latency,
                hls_detail, hls_warnings) from stdin (format binary)""";

    private static final int COLUMNS = 23;
    private static final int ICMP_COLUMNS = 8;
    private static final int HLS_COLUMNS = 9;
    private static final byte[] SIGNATURE = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0
    };
    private static final int USUAL_ROW = 256;
    private static final int MOST_DETAIL = 1000;
    private static final String USUAL = "OK";
    private static final long SECONDS_1970_TO_2000 = 946_684_800L;
    private static final int NULL = -1;

    private final ByteBuf out;

    CheckBytes(int rows) {
        this.out = Unpooled.buffer(SIGNATURE.length + 10 + rows * USUAL_ROW);
        out.writeBytes(SIGNATURE).writeInt(0).writeInt(0);
    }

    /** What was written; nothing may be added after it. */
    ByteBuf end() {
        return out.writeShort(-1);
    }

    void add(int camera, Instant at, CameraStatus status) {
        out.writeShort(COLUMNS);
        integer(Buckets.of(at));
        integer(camera);
        instant(at);
        instant(status.since());
        small(code(status.verdict()));
        text(unusual(status.reason(), USUAL));
        if (status.icmp() == null) {
            nulls(ICMP_COLUMNS);
        } else {
            icmp(status.icmp(), at);
        }
        if (status.hls() == null) {
            nulls(HLS_COLUMNS);
        } else {
            hls(status.hls(), at);
        }
    }

    private void icmp(IcmpResult result, Instant at) {
        instant(result.checkedAt().equals(at) ? null : result.checkedAt());
        small(code(result.status()));
        text(unusual(result.reason(), usual(result.status())));
        small(result.sent());
        small(result.received());
        real(result.rttMinMs());
        real(result.rttAvgMs());
        real(result.rttMaxMs());
    }

    private void hls(HlsResult result, Instant at) {
        instant(result.checkedAt().equals(at) ? null : result.checkedAt());
        small(code(result.status()));
        text(unusual(result.reason().name(), USUAL));
        if (result.httpStatus() == null) {
            nulls(1);
        } else {
            small(result.httpStatus());
        }
        number(result.mediaSequence());
        real(result.targetDurationSeconds());
        if (result.latencyMs() == null) {
            nulls(1);
        } else {
            integer((int) Math.min(Integer.MAX_VALUE, result.latencyMs()));
        }
        text(detail(result.detail()));
        text(warnings(result.warnings()));
    }

    private static int code(Verdict verdict) {
        return switch (verdict) {
            case HEALTHY -> 1;
            case DEGRADED -> 2;
            case LINE_FAULT -> 3;
            case CAMERA_FAULT -> 4;
            case STREAM_SERVER_FAULT -> 5;
            case UNKNOWN -> 6;
        };
    }

    private static int code(IcmpStatus status) {
        return switch (status) {
            case SUCCESS -> 1;
            case LOSS -> 2;
            case TIMEOUT -> 3;
            case FAIL -> 4;
        };
    }

    private static int code(HlsStatus status) {
        return switch (status) {
            case SUCCESS -> 1;
            case FAIL -> 2;
            case ERROR -> 3;
        };
    }

    private static String usual(IcmpStatus status) {
        return status == IcmpStatus.SUCCESS ? USUAL : status.name();
    }

    private static @Nullable String unusual(String reason, String usual) {
        return reason.equals(usual) ? null : reason;
    }

    // PostgreSQL's text cannot hold a zero
    private static @Nullable String detail(@Nullable String detail) {
        if (detail == null) {
            return null;
        }
        String cut = detail.length() <= MOST_DETAIL ? detail : detail.substring(0, MOST_DETAIL);
        return cut.replace('\u0000', '\ufffd');
    }

    private static @Nullable String warnings(List<HlsReason> warnings) {
        return warnings.isEmpty()
                ? null
                : warnings.stream().map(Enum::name).collect(Collectors.joining(" "));
    }

    private void nulls(int columns) {
        for (int i = 0; i < columns; i++) {
            out.writeInt(NULL);
        }
    }

    private void small(int value) {
        out.writeInt(Short.BYTES).writeShort(Math.min(Short.MAX_VALUE, value));
    }

    private void integer(int value) {
        out.writeInt(Integer.BYTES).writeInt(value);
    }

    private void number(@Nullable Long value) {
        if (value == null) {
            nulls(1);
        } else {
            out.writeInt(Long.BYTES).writeLong(value);
        }
    }

    private void real(@Nullable Double value) {
        if (value == null) {
            nulls(1);
        } else {
            out.writeInt(Float.BYTES).writeFloat(value.floatValue());
        }
    }

    private void instant(@Nullable Instant at) {
        if (at == null) {
            nulls(1);
        } else {
            out.writeInt(Long.BYTES).writeLong(micros(at));
        }
    }

    private static long micros(Instant at) {
        return (at.getEpochSecond() - SECONDS_1970_TO_2000) * 1_000_000 + at.getNano() / 1000;
    }

    private void text(@Nullable String value) {
        if (value == null) {
            nulls(1);
            return;
        }
        int length = out.writerIndex();
        out.writeInt(0);
        int bytes = ByteBufUtil.writeUtf8(out, value);
        out.setInt(length, bytes);
    }
}
