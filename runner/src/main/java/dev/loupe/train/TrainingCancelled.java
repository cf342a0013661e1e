package dev.loupe.train;

/** Training was asked to stop; its last resume file is in place. */
public final class TrainingCancelled extends RuntimeException {
    public TrainingCancelled(long step) {
        super("training was stopped after step " + step);
    }
}
