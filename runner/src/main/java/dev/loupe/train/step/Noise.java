package dev.loupe.train.step;

import java.util.SplittableRandom;

/**
 * Streams of random numbers, each a pure function of a seed and what it is for. The engine's own generator is one
 * stream for the whole process, where one more draw shifts all that follow.
 */
public final class Noise {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private final SplittableRandom random;

    private Noise(long seed) {
        this.random = new SplittableRandom(seed);
    }

    public static Noise of(long seed, String purpose, long index) {
        return new Noise(seed(seed, purpose, index));
    }

    /** A seed derived from a seed, a purpose and an index (a step), mixed as in SplitMix64 (Steele et al. 2014). */
    public static long seed(long seed, String purpose, long index) {
        return mix(mix(seed + GOLDEN) ^ mix(purpose.hashCode() * GOLDEN + index + 1));
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in [0, 1). */
    public double uniform() {
        return random.nextDouble();
    }

    /** Normal with mean 0 and the given standard deviation (Box and Muller 1958). */
    public float[] normal(int count, double deviation) {
        float[] out = new float[count];
        for (int i = 0; i < count; i += 2) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble())) * deviation;
            double angle = 2 * StrictMath.PI * random.nextDouble();
            out[i] = (float) (radius * StrictMath.cos(angle));
            if (i + 1 < count) {
                out[i + 1] = (float) (radius * StrictMath.sin(angle));
            }
        }
        return out;
    }
}
