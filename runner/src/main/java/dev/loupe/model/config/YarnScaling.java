package dev.loupe.model.config;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.SnakeKeys;

/**
 * YaRN (Peng et al. 2023): pairs that turn often over the original length stay, pairs that turn rarely are divided by the
 * factor, and a ramp over the pairs leads from one to the other.
 */
@SnakeKeys
@Named("yarn")
@Doc("YaRN scaling (Peng et al. 2023): high frequencies unchanged, low frequencies divided by a factor, a linear "
        + "ramp between them.")
@Example("{yarn: {factor: 4, original: 32768}}")
public record YarnScaling(
        @Doc("The factor by which low frequencies are divided.")
        double factor,

        @Doc("The context length of the original training.") int original,

        @Doc("Dimension pairs with more rotations than this over the original length are unchanged.") @Default("32")
        double betaFast,

        @Doc("Dimension pairs with fewer rotations than this are divided by the factor.") @Default("1")
        double betaSlow,

        @Doc("Whether the ends of the ramp are rounded to whole dimension pairs.") @Default("true")
        boolean truncate)
        implements RotaryScaling {

    @Override
    public float[] frequencies(double base, int dims, long length) {
        double low = pair(betaFast, base, dims);
        double high = pair(betaSlow, base, dims);
        if (truncate) {
            low = Math.floor(low);
            high = Math.ceil(high);
        }
        low = Math.max(low, 0);
        high = Math.min(high, dims - 1);
        if (low == high) {
            high += 0.001;
        }
        float[] out = RotaryScaling.unscaled(base, dims);
        for (int pair = 0; pair < out.length; pair++) {
            float ramp = (float) Math.min(1, Math.max(0, ((float) pair - low) / (high - low)));
            out[pair] = out[pair] / (float) factor * ramp + out[pair] * (1 - ramp);
        }
        return out;
    }

    /** The pair, not rounded, that turns so often over the original length. */
    private double pair(double turns, double base, int dims) {
        return dims * Math.log(original / (turns * 2 * Math.PI)) / (2 * Math.log(base));
    }

    /** How much longer queries and keys become where a configuration does not say it, by the paper's formula. */
    public static double attention(double factor, double scale) {
        return factor <= 1 ? 1 : 0.1 * scale * Math.log(factor) + 1;
    }

    @Override
    public int reach(int context) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(context, Math.floor(original * factor)));
    }

    @Override
    public void check(int dims, ConfigChecks checks) {
        checks.positive("the factor of rotary_scaling", factor)
                .that(original >= 1, "original of rotary_scaling is " + original + ", must be from 1")
                .positive("beta_fast of rotary_scaling", betaFast)
                .positive("beta_slow of rotary_scaling", betaSlow);
    }
}
