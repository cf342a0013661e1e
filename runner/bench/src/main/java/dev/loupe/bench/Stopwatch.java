package dev.loupe.bench;

import dev.loupe.train.TrainProgress;
import org.jspecify.annotations.Nullable;

/** Takes the time of a training from one step to its last; what happens before, initial weights above all, is left out. */
final class Stopwatch implements TrainProgress {
    private final long from;
    private @Nullable Sample begun;
    private @Nullable Sample taken;

    /** @param from a step after which the trainer reports its loss */
    Stopwatch(long from) {
        this.from = from;
    }

    @Override
    public void at(long step, long steps, float[] losses) {
        if (step == from) {
            begun = Sample.now();
        } else if (step == steps && begun != null) {
            taken = Sample.now().since(begun);
        }
    }

    Sample taken() {
        if (taken == null) {
            throw new IllegalStateException("the training did not reach its last step");
        }
        return taken;
    }
}
