package dev.loupe.train;

import dev.loupe.model.card.CardFile;

/**
 * Bytes that a training holds, from sizes alone. The factors were fitted to what 22 recipes of transformers and 12 of networks without
 * tokens had resident (0.80 to 1.19 of what they give); {@code loupe bench memory --card} measures others. The same recipe differs by a tenth
 * from run to run.
 */
public final class TrainingMemory {
    /** What the first step adds whatever its sizes: compiled code, and the engine's buffers. */
    private static final double START = 40e6;

    /**
     * Numbers for each parameter: the parameter and its gradient as a whole and by tensors, the initial values as drawn, and copies
     * of the end.
     */
    private static final double PARAMETER = 8;

    /** Numbers for each moment of a parameter: the moment, what an update makes of it, and its copy of the end. */
    private static final double MOMENT = 3.2;

    /** What the allocator and the heap keep of what was freed: this share, up to {@link #MOST_KEPT}. */
    private static final double KEPT = 0.4;

    private static final double MOST_KEPT = 160e6;

    private TrainingMemory() {}

    /** Bytes at most resident above the idle runtime while so many seeds of a card train together. */
    public static long peak(CardFile file, int together) {
        Blueprint blueprint = TrainedModels.blueprint(file);
        int moments = TrainedModels.trained(file).recipe().optimizer().moments().size();
        double parameters = (double) blueprint.layout().size() * blueprint.instancesPerSeed();
        double held = 4 * together * (parameters * (PARAMETER + MOMENT * moments) + blueprint.waiting());
        return Math.round(START + held + Math.min(MOST_KEPT, KEPT * held));
    }
}
