package dev.loupe.cli.terminal;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the first failure to write. A reader that went away ({@code loupe list | head}) is no failure: what is
 * written after that is dropped. Any other reason, a full disk above all, must not be lost in a {@code PrintStream}.
 */
public final class WatchedOutput extends FilterOutputStream {
    private @Nullable IOException failure;
    private boolean readerGone;

    public WatchedOutput(OutputStream target) {
        super(target);
    }

    /** Why writing failed, or null when all was written or the reader no longer wanted it. */
    public synchronized @Nullable IOException failure() {
        return failure;
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int count) {
        if (failure != null || readerGone) {
            return;
        }
        try {
            out.write(bytes, from, count);
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
            if (reason.contains("broken pipe") || reason.contains("pipe is being closed")) {
                readerGone = true;
            } else {
                failure = e;
            }
        }
    }

    @Override
    public void write(int oneByte) {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void flush() {}
}
