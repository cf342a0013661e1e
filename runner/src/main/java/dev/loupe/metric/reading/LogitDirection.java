package dev.loupe.metric.reading;

import ai.djl.ndarray.NDArray;

/**
 * How the residual stream makes the difference of two logits while the final normalisation's scale is held: difference =
 * (residual . direction) / scale + constant.
 *
 * @param direction [asked, d_model]; the gain is in it, and where the normalisation centres the direction is centred in place
 *     of what it is multiplied with
 * @param constant [asked], what the unembedding's bias and the normalisation's bias add
 */
public record LogitDirection(NDArray direction, float[] constant) {}
