package dev.loupe.cli.terminal;

import dev.loupe.text.VisibleText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Stages as plain lines where no terminal is: at most one every few seconds, short stages in silence. */
public final class LineRenderer implements StageRenderer {
    private static final long PAUSE_NANOS = 5_000_000_000L;

    private static final long FIRST_NANOS = 900_000_000L;

    private final PrintStream target;
    private final LongSupplier clock;
    private long lastLine;

    public LineRenderer(PrintStream target, LongSupplier clock) {
        this.target = target;
        this.clock = clock;
        // The first line comes early: a reader should see within a second or so that work has begun.
        this.lastLine = clock.getAsLong() - PAUSE_NANOS + FIRST_NANOS;
    }

    @Override
    public void began(StageState state) {}

    @Override
    public void ticked(StageState state) {
        long now = clock.getAsLong();
        if (now - lastLine < PAUSE_NANOS) {
            return;
        }
        lastLine = now;
        List<String> parts = new ArrayList<>(List.of(state.name()));
        for (String part : List.of(state.count(), state.note(), state.elapsed() + " elapsed", state.left())) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        target.println(VisibleText.line(String.join(", ", parts)));
    }

    @Override
    public void ended(StageState state) {
        if (state.elapsedNanos() >= PAUSE_NANOS) {
            lastLine = clock.getAsLong();
            target.println(VisibleText.line(state.name()) + ": done in " + state.elapsed());
        }
    }
}
