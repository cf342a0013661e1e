package dev.loupe.execute.shards;

import java.io.IOException;
import java.io.OutputStream;

/** Bytes that the machine that starts a run shares with its tasks, by their SHA-256. */
public interface Blobs {
    boolean has(String hash);

    byte[] bytes(String hash);

    /** Writes bytes that may be more than an array holds. */
    void copy(String hash, OutputStream to) throws IOException;
}
