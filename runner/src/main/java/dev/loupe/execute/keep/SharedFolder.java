package dev.loupe.execute.keep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A folder of kept values that one run at a time reads and writes: what one leaves behind, another would remove while it is in
 * use.
 */
public final class SharedFolder implements AutoCloseable {
    private final Path folder;
    private final Path lock;
    private final FileChannel channel;

    private SharedFolder(Path folder, Path lock, FileChannel channel) {
        this.folder = folder;
        this.lock = lock;
        this.channel = channel;
    }

    /** The folder for this program alone, null where another one has it. */
    public static @Nullable SharedFolder take(Path folder) throws IOException {
        Path file = folder.resolveSibling(folder.getFileName() + ".lock");
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another run of this program has it.
            lock = null;
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? null : new SharedFolder(folder, file, channel);
    }

    public Path folder() {
        return folder;
    }

    /** The file goes while it is still locked, so that nobody waits for one that is no longer there. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(lock);
        } catch (IOException e) {
            // Some systems keep a file that is open; it is empty, and the next one locks it.
        } finally {
            channel.close();
        }
    }
}
