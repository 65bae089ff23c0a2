package cctvout.importing;

import cctvout.settings.Limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of an import.
 *
 * @param maxBytes of one body, 1 KB to 1 GB
 * @param maxUnpacked of what an XLSX file unpacks to, 1 KB to 4 GB
 * @param maxRows of one table, 1 to 1,000,000; those beyond are rejected
 * @param maxRowChars of one row, 256 to 1,000,000
 * @param maxErrors listed in the answer, 0 to 100,000; all are counted
 * @param maxParallel imports at a time, 1 to 16
 */
@ConfigurationProperties("cctvout.import")
record ImportSettings(
        @DefaultValue("64MB") DataSize maxBytes,
        @DefaultValue("256MB") DataSize maxUnpacked,
        @DefaultValue("200000") int maxRows,
        @DefaultValue("65536") int maxRowChars,
        @DefaultValue("1000") int maxErrors,
        @DefaultValue("2") int maxParallel) {

    private static final Limits LIMITS = new Limits("cctvout.import");

    ImportSettings {
        LIMITS.check("max-bytes", maxBytes.toBytes(), 1024, 1L << 30);
        LIMITS.check("max-unpacked", maxUnpacked.toBytes(), 1024, 4L << 30);
        LIMITS.check("max-rows", maxRows, 1, 1_000_000);
        LIMITS.check("max-row-chars", maxRowChars, 256, 1_000_000);
        LIMITS.check("max-errors", maxErrors, 0, 100_000);
        LIMITS.check("max-parallel", maxParallel, 1, 16);
    }
}
