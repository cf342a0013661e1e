package dev.loupe.analysis.toys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.load.WrittenTransformer;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.config.NormPlacement;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Modulo 3, two neurons of layer 1. */
class PairNeuronsTest {
    private final List<PairTables> read = new ArrayList<>();

    private final PairNeurons reading = new PairNeurons(PairPlaces.USUAL, 1, 3, new PairNeurons.Finish() {
        @Override
        public List<Axis> axes(int modulus) {
            return List.of(new Axis("one", List.of("m" + modulus)));
        }

        @Override
        public double[] numbers(PairTables tables) {
            read.add(tables);
            return new double[] {17};
        }

        @Override
        public String label() {
            return "neurons";
        }
    });

    private static TransformerConfig config(Normalization norm, NormPlacement placement) {
        return TransformerConfig.builder(2, 4, 3, 4)
                .nHeads(1)
                .dMlp(2)
                .normalizationType(norm)
                .normPlacement(placement)
                .build();
    }

    private static TokenRows rows(int[]... tokens) {
        int[] one = new int[tokens.length];
        int[] two = new int[tokens.length];
        java.util.Arrays.fill(one, 1);
        java.util.Arrays.fill(two, 2);
        return new TokenRows(
                tokens, new int[0][], Map.of(), Map.of("A", new int[tokens.length], "B", one, "END", two), Map.of());
    }

    /** Rows (2, 1), one without a number, (0, 0): inputs at the last position 4 and 5, 10 and 11, 16 and 17. */
    @Test
    void inputsAreAddedToBothNumbersOfARow() {
        WrittenTransformer model = WrittenTransformer.random(config(Normalization.NONE, NormPlacement.BEFORE), 1);
        float[] inputs = new float[18];
        for (int i = 0; i < 18; i++) {
            inputs[i] = i;
        }
        try (NDManager manager = Backend.cpu()) {
            PairNeurons.Sums sums = reading.part(
                    model.batch(
                            rows(new int[] {2, 1, 3}, new int[] {1, 3, 3}, new int[] {0, 0, 3}),
                            Map.of(HookPoint.of(Site.MLP_PRE, 1), manager.create(inputs, new Shape(3, 3, 2))),
                            null,
                            manager),
                    new int[0]);
            assertThat(sums.a()).isEqualTo(new double[][] {{16, 17}, {0, 0}, {4, 5}});
            assertThat(sums.b()).isEqualTo(new double[][] {{16, 17}, {4, 5}, {0, 0}});
            assertThat(sums.rows()).isEqualTo(new int[][] {{1, 0, 1}, {1, 1, 0}});
            // What neuron n adds to the logit of c less that of 0: W_out[n] (W_U[:, c] - W_U[:, 0]).
            float[] out = model.tensor("blocks.1.mlp.W_out");
            float[] unembedding = model.tensor("unembed.W_U");
            for (int c = 0; c < 3; c++) {
                for (int n = 0; n < 2; n++) {
                    double wanted = 0;
                    for (int d = 0; d < 4; d++) {
                        wanted += out[n * 4 + d] * (unembedding[d * 4 + c] - unembedding[d * 4]);
                    }
                    assertThat(sums.u()[c][n]).isEqualTo(wanted, within(1e-5));
                }
            }
        }
    }

    /** A norm on what the MLP writes multiplies with its gain first. */
    @Test
    void aNormAfterTheNeuronsHasItsGain() {
        WrittenTransformer model =
                WrittenTransformer.random(config(Normalization.RMS, NormPlacement.BEFORE_AND_AFTER), 2);
        try (NDManager manager = Backend.cpu()) {
            PairNeurons.Sums sums = reading.part(
                    model.batch(
                            rows(new int[] {2, 1, 3}),
                            Map.of(HookPoint.of(Site.MLP_PRE, 1), manager.create(new float[6], new Shape(1, 3, 2))),
                            null,
                            manager),
                    new int[0]);
            float[] out = model.tensor("blocks.1.mlp.W_out");
            float[] unembedding = model.tensor("unembed.W_U");
            float[] gain = model.tensor("blocks.1.ln2_post.w");
            float[] last = model.tensor("ln_final.w");
            for (int c = 0; c < 3; c++) {
                for (int n = 0; n < 2; n++) {
                    double wanted = 0;
                    for (int d = 0; d < 4; d++) {
                        wanted += out[n * 4 + d] * gain[d] * last[d] * (unembedding[d * 4 + c] - unembedding[d * 4]);
                    }
                    assertThat(sums.u()[c][n]).isEqualTo(wanted, within(1e-5));
                }
            }
        }
    }

    private static PairNeurons.Sums sums(double first, int count) {
        double[][] a = new double[3][2];
        double[][] b = new double[3][2];
        int[][] rows = new int[2][3];
        for (int x = 0; x < 3; x++) {
            for (int n = 0; n < 2; n++) {
                a[x][n] = first + 2 * x + n;
                b[x][n] = first * 10 + 2 * x + n;
            }
            rows[0][x] = count + x;
            rows[1][x] = count + 2 * x;
        }
        return new PairNeurons.Sums(a, b, rows, new double[][] {{first, 1}, {2, 3}, {4, 5}});
    }

    @Test
    void sumsOfBatchesAreAdded() {
        PairNeurons.Sums both = reading.merge(sums(1, 1), sums(3, 5));
        assertThat(both.a()).isEqualTo(new double[][] {{4, 6}, {8, 10}, {12, 14}});
        assertThat(both.b()).isEqualTo(new double[][] {{40, 42}, {44, 46}, {48, 50}});
        assertThat(both.rows()).isEqualTo(new int[][] {{6, 8, 10}, {6, 10, 14}});
        assertThat(both.u()).isEqualTo(new double[][] {{1, 1}, {2, 3}, {4, 5}});
    }

    @Test
    void meansAreOverTheRowsOfANumber() {
        reading.finish(sums(1, 1));
        PairTables tables = read.get(0);
        assertThat(tables.a()).isEqualTo(new double[][] {{1, 2}, {3 / 2.0, 4 / 2.0}, {5 / 3.0, 6 / 3.0}});
        assertThat(tables.b()).isEqualTo(new double[][] {{10, 11}, {12 / 3.0, 13 / 3.0}, {14 / 5.0, 15 / 5.0}});
        assertThat(tables.u()).isEqualTo(new double[][] {{1, 1}, {2, 3}, {4, 5}});
    }

    @Test
    void itReadsTheInputsOfItsLayer() {
        WrittenTransformer model = WrittenTransformer.random(config(Normalization.NONE, NormPlacement.BEFORE), 1);
        assertThat(reading.captures(model.shape())).containsExactly(HookPoint.of(Site.MLP_PRE, 1));
        assertThat(reading.axes(model.shape())).containsExactly(new Axis("one", List.of("m3")));
        assertThat(reading.foldsToNumbers()).isTrue();
        assertThat(reading.label()).isEqualTo("neurons of layer 1");
        assertThatThrownBy(() -> reading.check(rows(new int[] {0, 0, 3}))).hasMessageContaining("1 of the 9 pairs");
    }
}
