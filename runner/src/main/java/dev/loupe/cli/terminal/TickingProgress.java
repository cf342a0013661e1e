package dev.loupe.cli.terminal;

import dev.loupe.progress.Progress;
import java.io.Closeable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what the work reports and shows it a few times a second from a thread of its own, so that the work pays next
 * to nothing for reporting and a long silent step still shows its time.
 */
public final class TickingProgress implements Progress, Closeable {
    private static final long TICK_MILLIS = 200;

    private final StageRenderer renderer;
    private final LongSupplier clock;
    private @Nullable ScheduledExecutorService ticker;
    private @Nullable String name;
    private String note = "";
    private long total;
    private long done;
    private long began;

    /**
     * @param clock nanoseconds, monotonic
     */
    public TickingProgress(StageRenderer renderer, LongSupplier clock) {
        this.renderer = renderer;
        this.clock = clock;
    }

    @Override
    public synchronized void stage(String newName, long newTotal) {
        done();
        name = newName;
        total = newTotal;
        began = clock.getAsLong();
        renderer.began(state(newName));
        startTicker();
    }

    @Override
    public synchronized void advance(long units) {
        done += units;
    }

    @Override
    public synchronized void note(String text) {
        note = text;
    }

    @Override
    public synchronized void done() {
        if (name != null) {
            renderer.ended(state(name));
        }
        name = null;
        note = "";
        done = 0;
    }

    /** Shows the running stage, if any, as it stands. */
    public synchronized void tick() {
        if (name != null) {
            renderer.ticked(state(name));
        }
    }

    @Override
    public synchronized void close() {
        done();
        if (ticker != null) {
            ticker.shutdownNow();
        }
    }

    private void startTicker() {
        if (ticker == null) {
            ticker = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread thread = new Thread(work, "progress");
                thread.setDaemon(true);
                return thread;
            });
            var unused = ticker.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private StageState state(String stageName) {
        return new StageState(stageName, total, done, note, clock.getAsLong() - began);
    }
}
