package cctvout.store;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has this lock owns the folder. The system gives it back when the process ends, however it
 * ends.
 */
final class FolderLock implements AutoCloseable {
    private static final String FILE = "lock";

    // Closing any channel on the file would give up the process's lock, so it is not even opened
    // twice.
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** Null where another process, or another part of this one, has the folder. */
    static @Nullable FolderLock tryLock(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (!OURS.add(real)) {
            return null;
        }
        FolderLock lock = null;
        try {
            lock = tryLockFile(real);
        } finally {
            if (lock == null) {
                OURS.remove(real);
            }
        }
        return lock;
    }

    private static @Nullable FolderLock tryLockFile(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            return null;
        }
        String owner = Long.toString(ProcessHandle.current().pid());
        channel.truncate(0).write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.US_ASCII)));
        return new FolderLock(folder, channel);
    }

    static FolderLock lock(Path folder) throws IOException {
        FolderLock lock = tryLock(folder);
        if (lock == null) {
            throw new StoreException(
                    "cctvout.data-dir: %s is in use by process %s: stop that one, or give this one another folder"
                            .formatted(folder.toAbsolutePath(), owner(folder)));
        }
        return lock;
    }

    private static String owner(Path folder) {
        try {
            return Files.readString(folder.resolve(FILE)).strip();
        } catch (IOException unreadable) {
            return "unknown";
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        OURS.remove(folder);
    }
}
