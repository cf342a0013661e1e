package dev.loupe.analysis.output;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.reading.ResidualSites;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.load.WrittenTransformer;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.model.config.NormPlacement;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.plan.ask.ModelShape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A random transformer of two layers, two heads of three dimensions, d_model 5 and four neurons on two rows of three tokens, and
 * what its parts add to the difference of two logits, worked out from its activations and weights in double precision. Class
 * {@code some} has two positions of row 0 and one of row 1.
 */
record AnsweredRun(WrittenTransformer model) {
    static final ResidualSites SITES = new ResidualSites(true, true, true);
    static final int[][] ANSWERS = {{1, 4}, {3, 2}};
    static final int[][] SOME = {{1, 2}, {0}};

    static AnsweredRun of(Normalization norm, NormPlacement placement) {
        return new AnsweredRun(WrittenTransformer.random(
                TransformerConfig.builder(2, 5, 4, 6)
                        .nHeads(2)
                        .dHead(3)
                        .dMlp(4)
                        .normalizationType(norm)
                        .normPlacement(placement)
                        .build(),
                3));
    }

    static TokenRows rows() {
        return new TokenRows(
                new int[][] {{0, 5, 2}, {3, 1, 4}},
                new int[0][],
                Map.of("some", new boolean[][] {{false, true, true}, {true, false, false}}),
                Map.of("END", new int[] {2, 2}),
                Map.of("answer", new int[] {1, 3}, "wrong", new int[] {4, 2}),
                Map.of(),
                Map.of("kind", Label.category(List.of("a", "b"), new int[][] {{0, 1, 0}, {1, 1, 0}})),
                new int[0]);
    }

    ModelShape shape() {
        return model.shape();
    }

    /** Uses a run that keeps what a reading asks for. */
    void with(RowReading reading, Consumer<Batch> use) {
        try (NDManager manager = Backend.cpu()) {
            use.accept(model.run(rows(), reading.captures(shape()), manager));
        }
    }

    /** The same of a run that keeps one of these activations larger by 1 than it was. */
    void withMistake(RowReading reading, HookPoint mistaken, Consumer<Batch> use) {
        try (NDManager manager = Backend.cpu()) {
            use.accept(model.run(
                    rows(),
                    reading.captures(shape()),
                    List.of(),
                    seen -> {
                        Map<HookPoint, NDArray> kept = new LinkedHashMap<>(seen);
                        kept.computeIfPresent(mistaken, (point, value) -> value.add(1));
                        return kept;
                    },
                    manager));
        }
    }

    /** The numbers of an activation at one position of a row. */
    static double[] at(Batch batch, HookPoint point, int row, int pos) {
        float[] all = batch.at(point).toFloatArray();
        int width = all.length / 6;
        double[] out = new double[width];
        for (int i = 0; i < width; i++) {
            out[i] = all[(row * 3 + pos) * width + i];
        }
        return out;
    }

    /** How the residual stream makes the difference of a row while the scale of the final normalisation is 1. */
    double[] direction(int row) {
        float[] unembedding = model.tensor("unembed.W_U");
        float[] gain = model.tensor("ln_final.w");
        double[] out = new double[5];
        for (int d = 0; d < 5; d++) {
            out[d] = (unembedding[d * 6 + ANSWERS[row][0]] - unembedding[d * 6 + ANSWERS[row][1]]) * (double) gain[d];
        }
        if (model.config().finalNormalization().centres()) {
            double mean = Arrays.stream(out).average().orElseThrow();
            out = Arrays.stream(out).map(x -> x - mean).toArray();
        }
        return out;
    }

    /** The same divided by the scale that the normalisation has there. */
    double[] scaled(Batch batch, int row, int pos) {
        double scale = at(batch, HookPoint.of(Site.LN_FINAL_SCALE), row, pos)[0];
        return Arrays.stream(direction(row)).map(x -> x / scale).toArray();
    }

    /** Before a norm on what is written, where there is one. */
    double[] before(Batch batch, double[] scaled, String norm, Site site, int layer, int row, int pos) {
        if (!shape().outputNorms()) {
            return scaled;
        }
        float[] gain = model.tensor("blocks." + layer + "." + norm + ".w");
        double scale = at(batch, HookPoint.of(site, layer), row, pos)[0];
        return IntStream.range(0, 5)
                .mapToDouble(d -> scaled[d] * gain[d] / scale)
                .toArray();
    }

    double head(Batch batch, int layer, int head, int row, int pos) {
        double[] along = before(batch, scaled(batch, row, pos), "ln1_post", Site.LN1_POST_SCALE, layer, row, pos);
        double[] z = at(batch, HookPoint.of(Site.Z, layer), row, pos);
        float[] out = model.tensor("blocks." + layer + ".attn.W_O");
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            for (int d = 0; d < 5; d++) {
                sum += z[head * 3 + k] * out[(head * 3 + k) * 5 + d] * along[d];
            }
        }
        return sum;
    }

    double neuron(Batch batch, int layer, int neuron, int row, int pos) {
        double[] along = before(batch, scaled(batch, row, pos), "ln2_post", Site.LN2_POST_SCALE, layer, row, pos);
        float[] out = model.tensor("blocks." + layer + ".mlp.W_out");
        double post = at(batch, HookPoint.of(Site.MLP_POST, layer), row, pos)[neuron];
        return IntStream.range(0, 5)
                .mapToDouble(d -> post * out[neuron * 5 + d] * along[d])
                .sum();
    }

    static double dot(double[] a, double[] b) {
        return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
    }

    double dot(String bias, double[] along) {
        float[] values = model.tensor(bias);
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[i] * along[i])
                .sum();
    }
}
