package dev.loupe.train;

/** Told how training goes. Called on the training thread; time and estimates are the listener's business. */
@FunctionalInterface
public interface TrainProgress {
    TrainProgress SILENT = (step, steps, losses) -> {};

    /**
     * @param step updates done
     * @param steps updates in all
     * @param losses of the step just done, one per instance
     */
    void at(long step, long steps, float[] losses);
}
