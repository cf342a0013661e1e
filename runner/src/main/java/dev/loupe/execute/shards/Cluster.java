package dev.loupe.execute.shards;

import dev.loupe.progress.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** Machines that take tasks. What it loses, gives twice or gives in any order changes no result. */
public interface Cluster extends AutoCloseable {
    /** How many tasks run at once, as far as it is known. */
    int slots();

    /**
     * Makes bytes available to every task by their hash, until they are taken back.
     *
     * @param hash SHA-256 in hexadecimal
     */
    void share(String hash, byte[] bytes);

    /** The same for a file, which may be larger than an array. */
    void share(String hash, Path file);

    void takeBack(String hash);

    /**
     * A task.
     *
     * @param bytes as {@link ShardMaker#make} takes them
     * @param near the machine that has begun it, by the name that it gives itself, which other machines would have to begin anew;
     *     empty for any
     */
    record Task(byte[] bytes, String near) {}

    /**
     * Runs tasks, and returns when nothing more comes of them.
     *
     * @param taken given what comes back, in the thread that called
     * @return why the last tasks got no answer, in the engine's words; empty where all did
     */
    String run(List<Task> tasks, Consumer<byte[]> taken, StopSignal stop);

    @Override
    void close();
}
