package dev.loupe.spark;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.FullDisk;
import dev.loupe.failure.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Answers that wait to be put away: a few in memory, the others on the disk, so that executors that are quicker than the machine
 * which takes what they give do not fill its memory. One thread adds, another takes.
 */
final class Answers implements AutoCloseable {
    private final Path folder;
    private final long most;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long inMemory;
    private int written;

    /** An answer, or where it lies, or why it is in neither place. */
    private record Waiting(
            byte @Nullable [] bytes,
            @Nullable Path file,
            @Nullable IOException lost) {}

    /**
     * @param folder which takes files; made where there is none
     * @param most bytes in memory; one answer is there however large
     */
    Answers(Path folder, long most) {
        this.folder = folder;
        this.most = most;
    }

    synchronized void add(byte[] answer) {
        if (inMemory == 0 || inMemory + answer.length <= most) {
            inMemory += answer.length;
            waiting.add(new Waiting(answer, null, null));
        } else {
            waiting.add(onDisk(answer));
        }
        notifyAll();
    }

    private Waiting onDisk(byte[] answer) {
        Path file = folder.resolve("answer-" + UUID.randomUUID());
        try {
            Files.createDirectories(folder);
            Files.write(file, answer);
            written++;
            return new Waiting(null, file, null);
        } catch (IOException e) {
            return new Waiting(null, file, e);
        }
    }

    /**
     * The answer that has waited longest.
     *
     * @param millis how long to wait for one
     * @return null where none came
     */
    byte @Nullable [] poll(long millis) throws InterruptedException {
        Waiting next = next(millis);
        if (next == null) {
            return null;
        }
        byte[] bytes = next.bytes();
        if (bytes != null) {
            return bytes;
        }
        Path file = Objects.requireNonNull(next.file());
        try {
            if (next.lost() != null) {
                throw next.lost();
            }
            byte[] read = Files.readAllBytes(file);
            Files.delete(file);
            return read;
        } catch (IOException e) {
            throw new EnvironmentException(
                    FullDisk.in(e) != null
                            ? "the disk is full where answers of executors wait, in " + folder + " (spark.local.dir)"
                            : "an answer of an executor that waited in " + file + " is gone: " + Reason.of(e),
                    e);
        }
    }

    private synchronized @Nullable Waiting next(long millis) throws InterruptedException {
        if (waiting.isEmpty() && millis > 0) {
            wait(millis);
        }
        Waiting next = waiting.poll();
        byte[] bytes = next == null ? null : next.bytes();
        inMemory -= bytes == null ? 0 : bytes.length;
        return next;
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How many answers were on the disk. */
    synchronized int written() {
        return written;
    }

    @Override
    public synchronized void close() {
        for (Waiting left : waiting) {
            Path file = left.file();
            try {
                if (file != null) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                // Spark removes its folders when it ends.
            }
        }
        waiting.clear();
    }
}
