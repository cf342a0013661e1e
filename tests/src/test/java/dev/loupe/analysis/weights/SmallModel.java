package dev.loupe.analysis.weights;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.backend.Backend;
import dev.loupe.execute.load.WrittenTransformer;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.plan.ask.ModelShape;
import java.util.Arrays;
import java.util.function.Function;
import org.ejml.simple.SimpleMatrix;

/**
 * A random transformer of three layers and two heads of three dimensions, without normalisation: d_model 5, five neurons with
 * gates. Its matrices in double precision.
 */
record SmallModel(WrittenTransformer written) {
    static SmallModel of(int tokens, int outputs) {
        return new SmallModel(WrittenTransformer.random(
                TransformerConfig.builder(3, 5, 4, tokens)
                        .nHeads(2)
                        .dHead(3)
                        .dMlp(5)
                        .dVocabOut(outputs)
                        .gatedMlp(true)
                        .normalizationType(Normalization.NONE)
                        .build(),
                5));
    }

    <T> T with(Function<WeightAccess, T> use) {
        try (NDManager manager = Backend.cpu()) {
            return use.apply(written.weights(manager));
        }
    }

    ModelShape shape() {
        return written.shape();
    }

    SimpleMatrix embedding() {
        return matrix("embed.W_E", 0, shape().vocabulary(), 5);
    }

    SimpleMatrix unembedding() {
        return matrix("unembed.W_U", 0, 5, shape().outputs());
    }

    /** W_Q, W_K or W_V of a head [d_model, d_head], its W_O [d_head, d_model]. */
    SimpleMatrix head(int layer, int head, String name) {
        boolean out = name.equals("W_O");
        return matrix("blocks." + layer + ".attn." + name, head, out ? 3 : 5, out ? 5 : 3);
    }

    /** W_V W_O of a head. */
    SimpleMatrix ov(int layer, int head) {
        return head(layer, head, "W_V").mult(head(layer, head, "W_O"));
    }

    /** W_Q W_K' of a head. */
    SimpleMatrix qk(int layer, int head) {
        return head(layer, head, "W_Q").mult(head(layer, head, "W_K").transpose());
    }

    /** W_in and W_gate [d_model, neuron], W_out [neuron, d_model]. */
    SimpleMatrix mlp(int layer, String name) {
        return matrix("blocks." + layer + ".mlp." + name, 0, 5, 5);
    }

    /** What layer 0 makes of the embedding e of each token without attention: e + (relu(e W_gate) (e W_in) + b_in) W_out + b_out. */
    SimpleMatrix effectiveEmbedding() {
        SimpleMatrix e = embedding();
        SimpleMatrix post = e.mult(mlp(0, "W_in"));
        SimpleMatrix gate = e.mult(mlp(0, "W_gate"));
        SimpleMatrix inBias = matrix("blocks.0.mlp.b_in", 0, 1, 5);
        SimpleMatrix outBias = matrix("blocks.0.mlp.b_out", 0, 1, 5);
        for (int t = 0; t < e.getNumRows(); t++) {
            for (int n = 0; n < 5; n++) {
                post.set(t, n, Math.max(0, gate.get(t, n)) * post.get(t, n) + inBias.get(n));
            }
        }
        SimpleMatrix out = e.plus(post.mult(mlp(0, "W_out")));
        for (int t = 0; t < e.getNumRows(); t++) {
            out.setRow(t, 0, out.getRow(t).plus(outBias).getDDRM().data);
        }
        return out;
    }

    private SimpleMatrix matrix(String name, int which, int rows, int columns) {
        float[] all = written.tensor(name);
        float[] own = Arrays.copyOfRange(all, which * rows * columns, (which + 1) * rows * columns);
        double[] wide = new double[own.length];
        for (int i = 0; i < own.length; i++) {
            wide[i] = own[i];
        }
        return new SimpleMatrix(rows, columns, true, wide);
    }
}
