package dev.loupe.execute.shards;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.Reason;
import dev.loupe.tensors.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that a task reads, known by its bytes.
 *
 * @param path where it lies on the machine that starts the run
 * @param hash SHA-256 in hexadecimal
 */
record SentFile(Path path, long bytes, String hash) {
    static SentFile of(Path file) {
        try {
            Path whole = file.toAbsolutePath().normalize();
            return new SentFile(whole, Files.size(whole), Sha256.of(whole));
        } catch (IOException e) {
            throw new EnvironmentException(file + " cannot be read: " + Reason.of(e), e);
        }
    }
}
