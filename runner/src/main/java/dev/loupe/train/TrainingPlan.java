package dev.loupe.train;

import dev.loupe.model.card.CheckpointSchedule;
import dev.loupe.model.card.Schedule;
import dev.loupe.model.optimizer.Optimizer;

/**
 * How long and by what rule to train.
 *
 * @param steps updates in all
 * @param clip largest gradient norm of one instance; larger gradients are scaled down to it; 0 for none
 * @param saveEvery updates between two snapshots for a resume
 * @param stopBelow an instance keeps its parameters from the recorded step on whose own loss is below this; 0 for never
 */
public record TrainingPlan(
        long steps,
        Optimizer optimizer,
        Schedule schedule,
        double clip,
        CheckpointSchedule checkpoints,
        long saveEvery,
        double stopBelow) {
    /** The loss is read, checked and reported after every so many steps. */
    public static final int RECORD_EVERY = 10;

    public TrainingPlan {
        if (steps < 1 || saveEvery < 1 || clip < 0) {
            throw new IllegalArgumentException("steps and saveEvery must be at least 1 and clip at least 0");
        }
    }

    /** A plan in which every instance learns until the last step. */
    public TrainingPlan(
            long steps,
            Optimizer optimizer,
            Schedule schedule,
            double clip,
            CheckpointSchedule checkpoints,
            long saveEvery) {
        this(steps, optimizer, schedule, clip, checkpoints, saveEvery, 0);
    }

    boolean records(long done) {
        return done % RECORD_EVERY == 0 || done == steps;
    }

    int recordsUpTo(long done) {
        return Math.toIntExact(done / RECORD_EVERY + (done == steps && done % RECORD_EVERY != 0 ? 1 : 0));
    }
}
