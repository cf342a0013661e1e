package dev.loupe.hub;

import dev.loupe.progress.StopSignal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The right to write one blob: one process has it, the others wait. The system takes it back from one that dies. */
final class BlobLock implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    private final FileChannel channel;
    private final FileLock lock;

    private BlobLock(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    static BlobLock take(Path file, StopSignal stop) throws IOException, InterruptedException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        CountDownLatch never = new CountDownLatch(1);
        try {
            while (true) {
                FileLock lock = tried(channel);
                if (lock != null) {
                    return new BlobLock(channel, lock);
                }
                stop.check();
                boolean unused = never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static @Nullable FileLock tried(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Another thread of this process has it.
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        lock.release();
        channel.close();
    }
}
