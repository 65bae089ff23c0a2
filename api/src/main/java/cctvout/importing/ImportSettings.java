package cctvout.importing;

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

    ImportSettings {
        between("max-bytes", maxBytes.toBytes(), 1024, 1L << 30);
        between("max-unpacked", maxUnpacked.toBytes(), 1024, 4L << 30);
        between("max-rows", maxRows, 1, 1_000_000);
        between("max-row-chars", maxRowChars, 256, 1_000_000);
        between("max-errors", maxErrors, 0, 100_000);
        between("max-parallel", maxParallel, 1, 16);
    }

    private static void between(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "cctvout.import.%s is %d, not between %d and %d"
                            .formatted(name, value, least, most));
        }
    }
}
