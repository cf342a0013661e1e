package dev.loupe.tensors;

import dev.loupe.failure.CancelledException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes of a file that are read piece by piece. A mapping counts as memory of the process page by page as it is read, and
 * Java cannot let go of it; pieces go through one small buffer.
 */
record FileSlice(Path file, long at, long length) {
    /** Bytes of a piece, where a row is not larger. */
    private static final int PIECE = 1 << 20;

    /** Takes one piece. */
    interface Piece {
        /**
         * @param from its first byte's place in the slice
         * @param bytes little-endian, from position 0 to the limit; valid during the call alone
         */
        void take(long from, ByteBuffer bytes);
    }

    /** @param unit every piece has a multiple of so many bytes */
    void pieces(long unit, Piece to) {
        long size = Math.min(length, Math.max(unit, PIECE / unit * unit));
        ByteBuffer buffer = ByteBuffer.allocateDirect(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long from = 0; from < length; from += size) {
                buffer.clear().limit((int) Math.min(size, length - from));
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer, at + from + buffer.position()) < 0) {
                        throw new TensorFileException(file, null, "ends at byte " + (at + from + buffer.position()));
                    }
                }
                to.take(from, buffer.flip());
            }
        } catch (ClosedByInterruptException e) {
            // Ctrl-C wakes a thread that reads.
            throw new CancelledException();
        } catch (IOException e) {
            throw new TensorFileException(file, null, "cannot be read: " + e, e);
        }
    }
}
