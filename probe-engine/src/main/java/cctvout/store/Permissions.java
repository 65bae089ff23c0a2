package cctvout.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Who may read a file, where its file system knows POSIX permissions. Elsewhere (Windows) a file
 * has what its folder gives it.
 */
final class Permissions {
    private static final FileAttribute<?>[] NONE = {};

    private Permissions() {}

    /** For a file or folder that is about to be made at this path; such as {@code rwx------}. */
    static FileAttribute<?>[] at(Path path, String permissions) {
        return known(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(permissions))
                }
                : NONE;
    }

    /** Of one that is there. */
    static void set(Path path, String permissions) throws IOException {
        if (known(path)) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        }
    }

    static boolean known(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
