package dev.loupe.metric.reading;

import ai.djl.ndarray.NDArray;

/** A metric that has a gradient. */
public interface Differentiable {
    /** The sum of the batch's numerators, those of {@link RowReading#read}, as a scalar that can be differentiated. */
    NDArray total(Batch batch);
}
