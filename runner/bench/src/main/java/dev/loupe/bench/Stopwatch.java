package dev.loupe.bench;

import dev.loupe.progress.Progress;
import org.jspecify.annotations.Nullable;

/** Takes the time of a training from one step to its last; what happens before, initial weights above all, is left out. */
final class Stopwatch implements Progress {
    private final long from;
    private final long to;
    private long done;
    private @Nullable Sample begun;
    private @Nullable Sample taken;

    /**
     * @param from a step whose losses the trainer reads, so that the work before it has really ended
     * @param to the last step
     */
    Stopwatch(long from, long to) {
        this.from = from;
        this.to = to;
    }

    @Override
    public void advance(long steps) {
        done += steps;
        if (done == from) {
            begun = Sample.now();
        } else if (done == to && begun != null) {
            taken = Sample.now().since(begun);
        }
    }

    @Override
    public void stage(String name, long total) {}

    @Override
    public void note(String text) {}

    @Override
    public void done() {}

    Sample taken() {
        if (taken == null) {
            throw new IllegalStateException("the training did not reach its last step");
        }
        return taken;
    }
}
