package cctvout.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

class PermissionsTest {

    @TempDir Path folder;

    @Test
    void nobodyElseReadsWhatIsMadeSo() throws Exception {
        Path made = Folders.create(folder.resolve("made"));
        Path file = made.resolve("secret");
        Files.createFile(file, Permissions.at(file, "rw-------"));

        assertThat(permissions(made)).isEqualTo("rwx------");
        assertThat(permissions(file)).isEqualTo("rw-------");
        Permissions.set(file, "rwxr-xr-x");
        assertThat(permissions(file)).isEqualTo("rwxr-xr-x");
    }

    /** As Windows' file system; an archive's is one that is at hand here. */
    @Test
    void fileSystemWithoutThemIsUsedAsItIs() throws Exception {
        try (FileSystem other =
                FileSystems.newFileSystem(folder.resolve("a.zip"), Map.of("create", "true"))) {
            Path made = Folders.create(other.getPath("/made/within"));
            Path file = made.resolve("secret");
            Files.createFile(file, Permissions.at(file, "rw-------"));
            Permissions.set(file, "rwxr-xr-x");

            assertThat(file).exists();
            assertThat(Permissions.known(file)).isFalse();
        }
    }

    @Test
    void systemsAreCalledAsTheirProgramsAre() {
        assertThat(PostgresBinaries.system("Windows Server 2025")).isEqualTo("Windows");
        assertThat(PostgresBinaries.system("Mac OS X")).isEqualTo("Darwin");
        assertThat(PostgresBinaries.system("Linux")).isEqualTo("Linux");
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
