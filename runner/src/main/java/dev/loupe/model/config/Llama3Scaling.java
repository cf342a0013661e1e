package dev.loupe.model.config;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.SnakeKeys;

/**
 * Llama 3.1's scaling: pairs whose wave is short against the original length stay, pairs whose wave is long are divided by
 * the factor, and those between are mixed by how often they turn over the original length.
 */
@SnakeKeys
@Named("llama3")
@Doc("Llama 3.1 scaling: high frequencies unchanged, low frequencies divided by a factor, interpolated smoothly "
        + "between them.")
@Example("{llama3: {factor: 8, original: 8192, low_freq_factor: 1, high_freq_factor: 4}}")
public record Llama3Scaling(
        @Doc("The factor by which low frequencies are divided.")
        double factor,

        @Doc("The context length of the original training.") int original,

        @Doc("Dimension pairs with fewer rotations than this over the original length are divided by the factor.")
        double lowFreqFactor,

        @Doc("Dimension pairs with more rotations than this are unchanged.")
        double highFreqFactor)
        implements RotaryScaling {

    @Override
    public float[] frequencies(double base, int dims, long length) {
        float[] out = RotaryScaling.unscaled(base, dims);
        for (int pair = 0; pair < out.length; pair++) {
            float wave = (float) (2 * Math.PI) / out[pair];
            float turns = original / wave;
            if (wave > original / lowFreqFactor) {
                out[pair] /= (float) factor;
            } else if (wave >= original / highFreqFactor) {
                float smooth = (turns - (float) lowFreqFactor) / (float) (highFreqFactor - lowFreqFactor);
                out[pair] = (1 - smooth) * out[pair] / (float) factor + smooth * out[pair];
            }
        }
        return out;
    }

    @Override
    public void check(int dims, ConfigChecks checks) {
        checks.positive("the factor of rotary_scaling", factor)
                .that(original >= 1, "original of rotary_scaling is " + original + ", must be from 1")
                .positive("low_freq_factor of rotary_scaling", lowFreqFactor)
                .that(
                        highFreqFactor > lowFreqFactor && Double.isFinite(highFreqFactor),
                        "high_freq_factor of rotary_scaling must be above low_freq_factor");
    }
}
