package cctvout.store;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.zip.CRC32C;

/** PostgreSQL's programs, unpacked from the class path once a version. */
final class PostgresBinaries {
    private static final Logger log = LoggerFactory.getLogger(PostgresBinaries.class);

    private final Path folder;

    private PostgresBinaries(Path folder) {
        this.folder = folder;
    }

    /**
     * Unpacks into a folder of the version's own below {@code parent}, unless it is there already.
     * A kill in the middle leaves nothing that looks complete.
     */
    static PostgresBinaries unpack(Path parent) throws IOException {
        byte[] archive;
        try (InputStream packed =
                DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system(), machine())) {
            archive = packed.readAllBytes();
        }
        CRC32C sum = new CRC32C();
        sum.update(archive);
        Path folder = parent.resolve("programs-%08x".formatted(sum.getValue()));
        if (!Files.isDirectory(folder)) {
            Path half = parent.resolve("programs.unpacking");
            Folders.delete(half);
            extract(archive, half);
            Files.move(half, folder, StandardCopyOption.ATOMIC_MOVE);
            log.info("PostgreSQL's programs unpacked into {}", folder);
        }
        return new PostgresBinaries(folder);
    }

    String program(String name) {
        return folder.resolve("bin").resolve(name).toString();
    }

    private static void extract(byte[] archive, Path to) throws IOException {
        Files.createDirectories(to);
        try (var tar =
                new TarArchiveInputStream(
                        new BufferedInputStream(
                                new XZInputStream(new ByteArrayInputStream(archive))))) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                Path target = to.resolve(entry.getName()).normalize();
                if (!target.startsWith(to)) {
                    throw new IOException("entry outside the archive: " + entry.getName());
                }
                extract(tar, entry, target);
            }
        }
    }

    private static void extract(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, target);
            boolean executable = (entry.getMode() & 0100) != 0;
            Permissions.set(target, executable ? "rwxr-xr-x" : "rw-r--r--");
        }
    }

    private static String system() {
        return system(System.getProperty("os.name", ""));
    }

    /** As the archives are named. */
    static String system(String name) {
        if (name.startsWith("Windows")) {
            return "Windows";
        }
        return name.startsWith("Mac") ? "Darwin" : name;
    }

    private static String machine() {
        String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return name.equals("amd64") ? "x86_64" : name;
    }
}
