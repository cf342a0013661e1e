package dev.loupe.model.config;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.SnakeKeys;
import java.util.List;

/**
 * LongRoPE (Ding et al. 2024): a divisor for each pair, of which a pass within the original length takes one list and a longer
 * pass, for all its positions, the other.
 */
@SnakeKeys
@Named("longrope")
@Doc(
        "LongRoPE scaling (Ding et al. 2024): each frequency divided by its own factor, from one list for inputs up to the "
                + "original length and from another for longer ones.")
@Example("{longrope: {short_factors: [1, 1, 1, 1], long_factors: [1, 1.5, 4, 16], original: 4096}}")
public record LongRope(
        @Doc("The factor of each dimension pair, for inputs up to the original length.")
        List<Double> shortFactors,

        @Doc("The factor of each dimension pair, for longer inputs.")
        List<Double> longFactors,

        @Doc("The context length of the original training.") int original)
        implements RotaryScaling {
    public LongRope {
        shortFactors = List.copyOf(shortFactors);
        longFactors = List.copyOf(longFactors);
    }

    @Override
    public float[] frequencies(double base, int dims, long length) {
        List<Double> factors = changesAt(length) ? longFactors : shortFactors;
        float[] out = new float[dims / 2];
        for (int pair = 0; pair < out.length; pair++) {
            float turn = (float) Math.pow(base, (float) pair / out.length);
            out[pair] = 1 / (factors.get(pair).floatValue() * turn);
        }
        return out;
    }

    /** How much longer queries and keys become where a configuration does not say it, by the paper's formula. */
    public static double attention(double factor, int original) {
        return factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
    }

    @Override
    public boolean changesAt(long length) {
        return length > original;
    }

    @Override
    public void check(int dims, ConfigChecks checks) {
        checks.that(original >= 1, "original of rotary_scaling is " + original + ", must be from 1");
        check("short_factors", shortFactors, dims, checks);
        check("long_factors", longFactors, dims, checks);
    }

    private static void check(String name, List<Double> factors, int dims, ConfigChecks checks) {
        checks.that(
                        factors.size() == dims / 2,
                        name + " of rotary_scaling has " + factors.size() + " factors for " + dims / 2 + " pairs")
                .that(
                        factors.stream().allMatch(f -> f > 0 && Double.isFinite(f)),
                        name + " of rotary_scaling must be positive");
    }
}
