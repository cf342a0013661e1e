package dev.loupe.model.planted;

import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.weights.TlTensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * An embedding in which tokens 0 to 6 are the corners of a regular heptagon of radius 1, in the plane of dimensions 0 and 1,
 * with noise of standard deviation 0.05 in each of 64 dimensions; the other tokens are random directions of length 1. The one
 * layer above it adds nothing.
 */
public record PlantedPolygon(long seed) implements PlantedModel {
    private static final int CORNERS = 7;
    private static final int VOCABULARY = 32;
    private static final int WIDTH = 64;
    private static final int CONTEXT = 16;
    private static final double NOISE = .05;

    @Override
    public TransformerConfig config() {
        return TransformerConfig.builder(1, WIDTH, CONTEXT, VOCABULARY)
                .nHeads(1)
                .dHead(WIDTH)
                .attnOnly(true)
                .normalizationType(Normalization.NONE)
                .build();
    }

    @Override
    public Map<String, float[]> weights() {
        Map<String, float[]> out = new LinkedHashMap<>();
        TlTensors.of(config()).forEach((name, shape) -> {
            long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
            out.put(name, new float[Math.toIntExact(size)]);
        });
        float[] embedding = Objects.requireNonNull(out.get("embed.W_E"));
        Random random = new Random(seed);
        for (int token = 0; token < VOCABULARY; token++) {
            double scale = token < CORNERS ? NOISE : 1 / Math.sqrt(WIDTH);
            for (int i = 0; i < WIDTH; i++) {
                embedding[token * WIDTH + i] = (float) (scale * random.nextGaussian());
            }
            if (token < CORNERS) {
                double angle = 2 * Math.PI * token / CORNERS;
                embedding[token * WIDTH] += (float) Math.cos(angle);
                embedding[token * WIDTH + 1] += (float) Math.sin(angle);
            }
        }
        return out;
    }
}
