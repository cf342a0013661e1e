package dev.loupe.train;

import org.jspecify.annotations.Nullable;

/** Where a training run puts what must outlive it. */
public interface Keeper {
    /** Keeps nothing; the run ends with its result alone. */
    Keeper NONE = new Keeper() {
        @Override
        public @Nullable TrainingSnapshot resume() {
            return null;
        }

        @Override
        public void save(TrainingSnapshot snapshot) {}

        @Override
        public void checkpoint(long step, float[] parameters) {}
    };

    /** The last snapshot saved, or null to begin at the beginning. */
    @Nullable
    TrainingSnapshot resume();

    /** Replaces the last snapshot. A process killed meanwhile leaves the old or the new one, whole. */
    void save(TrainingSnapshot snapshot);

    /** Keeps the weights after {@code step} updates, [instance, parameter]; may be told of the same step twice. */
    void checkpoint(long step, float[] parameters);
}
