package dev.loupe.execute.shards;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.Reason;
import dev.loupe.tensors.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that come in pieces, one after another: each has its name only when it is whole and has the bytes that it was sent with. */
final class ComingFiles {
    /** A piece of a file of that folder. */
    void take(Path folder, Outcome.MadeFile piece, String from) {
        Path file = folder.resolve(piece.name());
        Path half = folder.resolve("." + piece.name() + ".partial");
        try {
            Files.createDirectories(folder);
            if (piece.at() == 0) {
                Files.deleteIfExists(half);
            }
            append(half, piece.at(), ByteBuffer.wrap(piece.bytes()));
            if (piece.hash().isEmpty()) {
                return;
            }
            if (!Sha256.of(half).equals(piece.hash())) {
                Files.delete(half);
                throw new EnvironmentException(from + ": " + file + " did not arrive as it was sent");
            }
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new EnvironmentException(file + " cannot be written: " + Reason.of(e), e);
        }
    }

    private static void append(Path half, long at, ByteBuffer bytes) throws IOException {
        try (FileChannel out = FileChannel.open(half, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            out.position(at);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
    }
}
