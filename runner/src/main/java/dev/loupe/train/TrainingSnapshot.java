package dev.loupe.train;

import java.util.Map;

/**
 * Everything a training run is, after {@code step} updates: with it, and the card, the run goes on to the same bits.
 *
 * @param step updates done
 * @param parameters [instance, parameter], row-major
 * @param moments the optimizer's state by name, each [instance, parameter]
 * @param losses the recorded losses so far, [record, instance]
 */
public record TrainingSnapshot(long step, float[] parameters, Map<String, float[]> moments, float[] losses) {}
