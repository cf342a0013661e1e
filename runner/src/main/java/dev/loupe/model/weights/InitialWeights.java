package dev.loupe.model.weights;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.tensors.Tensor;
import java.util.HashMap;
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

    /** How far SplittableRandom's state moves with each draw, so that a tensor can be drawn without those before it. */
    private static final long STEP = 0x9E3779B97F4A7C15L;

    /** All tensors, in one stream of draws. */
    public static Map<String, float[]> draw(TransformerConfig config, long seed) {
        Map<String, float[]> out = new LinkedHashMap<>();
        TlWeights weights = of(config, seed);
        TlTensors.of(config).keySet().forEach(name -> out.put(name, weights.read(name)));
        return out;
    }

    /** The same numbers, each tensor drawn when it is read. */
    public static TlWeights of(TransformerConfig config, long seed) {
        Map<String, long[]> shapes = TlTensors.of(config);
        Map<String, Long> starts = new HashMap<>();
        long draws = 0;
        for (Map.Entry<String, long[]> e : shapes.entrySet()) {
            starts.put(e.getKey(), draws);
            draws += e.getKey().contains(".W_") ? (Tensor.count(e.getValue()) + 1) / 2 * 2 : 0;
        }
        return name -> {
            long[] shape = shapes.get(name);
            if (shape == null) {
                throw new IllegalArgumentException("no weights named '" + name + "'");
            }
            float[] values = new float[Math.toIntExact(Tensor.count(shape))];
            if (name.contains(".W_")) {
                long start = seed + STEP * starts.getOrDefault(name, 0L);
                fillNormal(values, config.initializerRange(), new SplittableRandom(start));
            } else if (name.endsWith(".w")) {
                java.util.Arrays.fill(values, 1);
            }
            return values;
        };
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
