package dev.loupe.model.planted;

import dev.loupe.model.config.Activation;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.PositionalEmbedding;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.weights.TlTensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * One layer in which neuron t fires, with 1, at token t and nowhere else, so that it is the most active of all at its own
 * examples. Attention writes nothing, and no logit is read.
 *
 * @param vocabulary how many tokens, and neurons, there are
 * @param hub whether one more neuron fires everywhere, about ten times as strongly and by its own standard evenly: the most
 *     active of all at every example of every other neuron, though it means nothing
 * @param seed of what the hub does at each token
 */
public record IdentityMlp(int vocabulary, boolean hub, long seed) implements PlantedModel {
    private static final int CONTEXT = 128;
    private static final float LOUD = 10;

    @Override
    public TransformerConfig config() {
        return TransformerConfig.builder(1, vocabulary, CONTEXT, vocabulary)
                .nHeads(1)
                .dHead(1)
                .dMlp(vocabulary + (hub ? 1 : 0))
                .actFn(Activation.RELU)
                .positionalEmbeddingType(PositionalEmbedding.NONE)
                .normalizationType(Normalization.NONE)
                .useAttnScale(false)
                .build();
    }

    @Override
    public Map<String, float[]> weights() {
        Map<String, float[]> w = new LinkedHashMap<>();
        TlTensors.of(config())
                .forEach((name, shape) -> w.put(
                        name, new float[Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact))]));
        int neurons = config().dMlp();
        float[] embed = w.getOrDefault("embed.W_E", new float[0]);
        float[] in = w.getOrDefault("blocks.0.mlp.W_in", new float[0]);
        SplittableRandom random = new SplittableRandom(seed);
        for (int token = 0; token < vocabulary; token++) {
            embed[token * vocabulary + token] = 1;
            in[token * neurons + token] = 1;
            if (hub) {
                in[token * neurons + vocabulary] = LOUD + (float) random.nextGaussian();
            }
        }
        return w;
    }
}
