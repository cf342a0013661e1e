package dev.loupe.model;

import dev.loupe.tensors.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Untrained weights as TransformerLens' {@code init_mode: gpt2} has them: every matrix normal with the standard
 * deviation {@code initializer_range}, biases 0, gains 1. Drawn in Java, so that the engine's one random stream is left
 * alone and equal seeds give equal bits on every machine.
 */
public final class InitialWeights {
    private InitialWeights() {}

    public static Map<String, float[]> draw(TransformerConfig config, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, float[]> out = new LinkedHashMap<>();
        TlTensors.of(config).forEach((name, shape) -> {
            float[] values = new float[Math.toIntExact(Tensor.count(shape))];
            if (name.contains(".W_")) {
                fillNormal(values, config.initializerRange(), random);
            } else if (name.endsWith(".w")) {
                java.util.Arrays.fill(values, 1);
            }
            out.put(name, values);
        });
        return out;
    }

    /** Box-Muller, two values a draw; StrictMath gives the same bits everywhere. */
    private static void fillNormal(float[] values, double deviation, SplittableRandom random) {
        for (int i = 0; i < values.length; i += 2) {
            double radius = deviation * Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            double angle = 2 * Math.PI * random.nextDouble();
            values[i] = (float) (radius * StrictMath.cos(angle));
            if (i + 1 < values.length) {
                values[i + 1] = (float) (radius * StrictMath.sin(angle));
            }
        }
    }
}
