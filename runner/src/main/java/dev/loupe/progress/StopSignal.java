package dev.loupe.progress;

import dev.loupe.failure.CancelledException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A wish that running work should stop, given once and never taken back. Long work calls {@link #check()} between two
 * pieces, where nothing is half-written. Safe for use by many threads.
 */
public final class StopSignal {
    private final AtomicBoolean requested = new AtomicBoolean();

    /** Asks the work to stop at its next check. */
    public void request() {
        requested.set(true);
    }

    public boolean requested() {
        return requested.get();
    }

    /** Goes on silently, or throws when a stop was asked for. */
    public void check() {
        if (requested.get()) {
            throw new CancelledException();
        }
    }
}
