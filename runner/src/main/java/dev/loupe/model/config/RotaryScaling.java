package dev.loupe.model.config;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.util.List;

/**
 * How rotary positions are stretched beyond the length that a model was first trained on. Every kind computes in single
 * precision what transformers ({@value HubDefaults#TRANSFORMERS}, {@code modeling_rope_utils.py}) computes.
 */
@Doc("How rotary positions are scaled beyond the context length of the original training")
public sealed interface RotaryScaling
        permits RotaryScaling.None,
                RotaryScaling.Linear,
                RotaryScaling.Dynamic,
                RotaryScaling.ByPair,
                LongRope,
                YarnScaling,
                Llama3Scaling {
    /**
     * How fast each pair of dimensions turns.
     *
     * @param base the rotary base
     * @param dims the dimensions of a head that are turned, two for each pair
     * @param length the positions of the pass, earlier ones included
     * @return radians for each position, [pair]
     */
    float[] frequencies(double base, int dims, long length);

    /** The longest input of a model that was trained on {@code context} positions. */
    default int reach(int context) {
        return context;
    }

    /** Whether a pass of this length has other frequencies than a short one, so that kept keys of a shorter pass differ. */
    default boolean changesAt(long length) {
        return false;
    }

    /** What is wrong with it for heads that are turned in {@code dims} dimensions. */
    default void check(int dims, ConfigChecks checks) {}

    /** {@code 1 / base^(2 pair / dims)}. */
    static float[] unscaled(double base, int dims) {
        float[] out = new float[dims / 2];
        for (int pair = 0; pair < out.length; pair++) {
            out[pair] = 1 / (float) Math.pow(base, (float) pair / out.length);
        }
        return out;
    }

    /** Positions as they are. */
    @Named("none")
    @Doc("No scaling.")
    @Example("none")
    record None() implements RotaryScaling {
        @Override
        public float[] frequencies(double base, int dims, long length) {
            return unscaled(base, dims);
        }
    }

    /** Position interpolation (Chen et al. 2023). */
    @Named("linear")
    @Doc("Positions divided by a factor (Chen et al. 2023).")
    @Example("{linear: {factor: 4}}")
    record Linear(
            @Doc("The factor by which positions are divided.")
            double factor) implements RotaryScaling {
        @Override
        public float[] frequencies(double base, int dims, long length) {
            float[] out = unscaled(base, dims);
            for (int pair = 0; pair < out.length; pair++) {
                out[pair] /= (float) factor;
            }
            return out;
        }

        @Override
        public int reach(int context) {
            return RotaryScaling.times(context, factor);
        }

        @Override
        public void check(int dims, ConfigChecks checks) {
            checks.positive("the factor of rotary_scaling", factor);
        }
    }

    /**
     * A base that grows with the length of the input. One pass of a length beyond {@code trained} turns all its positions
     * by the base of that length, as one forward pass of transformers does.
     */
    @Named("dynamic")
    @Doc("Dynamic NTK scaling: a rotary base that grows with the input length beyond the trained length.")
    @Example("{dynamic: {factor: 2, trained: 2048}}")
    record Dynamic(
            @Doc("The scaling factor.") double factor,

            @Doc("The trained length, up to which the base is unchanged.")
            int trained)
            implements RotaryScaling {
        @Override
        public float[] frequencies(double base, int dims, long length) {
            if (!changesAt(length)) {
                return unscaled(base, dims);
            }
            float stretch = (float) factor * length / trained - (float) (factor - 1);
            return unscaled((float) (base * (float) Math.pow(stretch, dims / (dims - 2.0))), dims);
        }

        @Override
        public int reach(int context) {
            return RotaryScaling.times(context, factor);
        }

        @Override
        public boolean changesAt(long length) {
            return length > trained;
        }

        @Override
        public void check(int dims, ConfigChecks checks) {
            checks.that(
                            factor >= 1 && Double.isFinite(factor),
                            "the factor of rotary_scaling is " + factor + ", must be from 1")
                    .that(trained >= 1, "trained of rotary_scaling is " + trained + ", must be from 1")
                    .that(dims > 2, "dynamic rotary_scaling needs a rotary_dim above 2");
        }
    }

    /** A divisor for each pair, as GGUF files store Llama 3's scaling. */
    @Named("by-pair")
    @Doc("Each frequency divided by its own factor.")
    @Example("{by-pair: {factors: [1, 1, 2.5, 8]}}")
    record ByPair(@Doc("The factor of each dimension pair.") List<Double> factors) implements RotaryScaling {
        public ByPair {
            factors = List.copyOf(factors);
        }

        @Override
        public float[] frequencies(double base, int dims, long length) {
            float[] out = unscaled(base, dims);
            for (int pair = 0; pair < out.length; pair++) {
                out[pair] /= factors.get(pair).floatValue();
            }
            return out;
        }

        @Override
        public void check(int dims, ConfigChecks checks) {
            checks.that(
                            factors.size() == dims / 2,
                            "rotary_scaling has " + factors.size() + " factors for " + dims / 2 + " pairs")
                    .that(
                            factors.stream().allMatch(f -> f > 0 && Double.isFinite(f)),
                            "the factors of rotary_scaling must be positive");
        }
    }

    private static int times(int context, double factor) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(context, Math.floor(context * factor)));
    }
}
