package dev.loupe.train;

import dev.loupe.failure.UserInputException;

/** The loss of an instance is no longer a finite number. */
public final class TrainingDiverged extends UserInputException {
    public TrainingDiverged(long step, int instance, float loss) {
        super("training diverged: the loss of instance " + instance + " is " + loss + " at step " + step
                + "; a smaller learning-rate, a warmup or clip may help");
    }
}
