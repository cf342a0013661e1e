package dev.loupe.analysis.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.analysis.reading.ResidualSites;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.model.config.NormPlacement;
import dev.loupe.model.config.Normalization;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every part from the activations and weights of a small model. */
class DirectAttributionTest {
    private static final List<AnsweredRun> RUNS = List.of(
            AnsweredRun.of(Normalization.LN, NormPlacement.BEFORE),
            AnsweredRun.of(Normalization.RMS, NormPlacement.BEFORE_AND_AFTER));

    @Test
    void headsMlpsEmbeddingsAndBiasesAreTheDifference() {
        DirectAttribution.Parts parts = new DirectAttribution.Parts("some", null, AnsweredRun.SITES);
        for (AnsweredRun run : RUNS) {
            assertThat(parts.axes(run.shape()).get(0).labels())
                    .containsExactly(
                            "L0H0",
                            "L0H1",
                            "L1H0",
                            "L1H1",
                            "0_mlp_out",
                            "1_mlp_out",
                            "embed",
                            "pos_embed",
                            "bias",
                            "unembed_bias");
            run.with(parts, batch -> {
                RowValues found = parts.read(batch);
                for (int row = 0; row < 2; row++) {
                    double[] wanted = new double[10];
                    for (int pos : AnsweredRun.SOME[row]) {
                        add(run, batch, row, pos, wanted);
                    }
                    for (int c = 0; c < 10; c++) {
                        assertThat(found.numerator()[row * 10 + c]).isEqualTo(wanted[c], within(1e-4));
                        assertThat(found.denominator()[row * 10 + c]).isEqualTo(2 - row);
                    }
                }
            });
        }
    }

    private static void add(AnsweredRun run, Batch batch, int row, int pos, double[] to) {
        double[] along = run.scaled(batch, row, pos);
        for (int i = 0; i < 4; i++) {
            to[i] += run.head(batch, i / 2, i % 2, row, pos);
        }
        for (int layer = 0; layer < 2; layer++) {
            to[4 + layer] += AnsweredRun.dot(AnsweredRun.at(batch, HookPoint.of(Site.MLP_OUT, layer), row, pos), along);
            double[] before = run.before(batch, along, "ln1_post", Site.LN1_POST_SCALE, layer, row, pos);
            to[8] += run.dot("blocks." + layer + ".attn.b_O", before);
        }
        double embed = AnsweredRun.dot(AnsweredRun.at(batch, HookPoint.of(Site.EMBED), row, pos), along);
        to[6] += embed;
        to[7] += AnsweredRun.dot(AnsweredRun.at(batch, HookPoint.of(Site.RESID_PRE, 0), row, pos), along) - embed;
        int[] ids = AnsweredRun.ANSWERS[row];
        float[] bias = run.model().tensor("unembed.b_U");
        to[9] += bias[ids[0]] - bias[ids[1]];
        if (run.model().tensors().containsKey("ln_final.b")) {
            float[] shift = run.model().tensor("ln_final.b");
            float[] unembedding = run.model().tensor("unembed.W_U");
            for (int d = 0; d < 5; d++) {
                to[9] += shift[d] * (unembedding[d * 6 + ids[0]] - unembedding[d * 6 + ids[1]]);
            }
        }
    }

    @Test
    void neuronsAreTheirActivationsTimesTheirRows() {
        NeuronParts parts = new NeuronParts("some", null, true);
        for (AnsweredRun run : RUNS) {
            run.with(parts, batch -> {
                RowValues found = parts.read(batch);
                assertThat(found.numerator()).hasSize(16);
                for (int i = 0; i < 16; i++) {
                    int row = i / 8;
                    double wanted = 0;
                    for (int pos : AnsweredRun.SOME[row]) {
                        wanted += run.neuron(batch, i / 4 % 2, i % 4, row, pos);
                    }
                    assertThat(found.numerator()[i]).isEqualTo(wanted, within(1e-4));
                    assertThat(found.denominator()[i]).isEqualTo(2 - row);
                }
            });
        }
    }

    /** Parts may miss the difference by a thousandth of the largest number, and by its rounding. */
    @Test
    void partsThatDoNotAddUpEndTheRun() {
        assertThatCode(() -> check(8 + .0079, 0)).doesNotThrowAnyException();
        assertThatCode(() -> check(8 - .0079, 0)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(8 + .0121, 0)).hasMessageContaining("the parts sum to 8.0");
        assertThatThrownBy(() -> check(8 - .0121, 0)).isInstanceOf(IllegalStateException.class);
        assertThatCode(() -> check(8 + .0121, .01)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(8 + .0321, .01)).isInstanceOf(IllegalStateException.class);
        assertThatCode(() -> check(1e9, Double.POSITIVE_INFINITY)).doesNotThrowAnyException();
        assertThatThrownBy(() -> check(Double.NaN, 0)).isInstanceOf(IllegalStateException.class);
        assertThatCode(() ->
                        DirectAttribution.Parts.check(new double[][] {{500, -499}}, new double[] {1.4}, new double[1]))
                .as("a thousandth of 500")
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> DirectAttribution.Parts.check(
                        new double[][] {{0}, {500, -499}}, new double[] {0, 1.6}, new double[2]))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Every dimension of what an MLP wrote is kept larger by 1 than it was. */
    @Test
    void aRunThatKeepsWhatTheModelDidNotWriteEnds() {
        HookPoint mistaken = HookPoint.of(Site.MLP_OUT, 1);
        AnsweredRun run = RUNS.get(1);
        for (RowReading parts : List.of(
                new DirectAttribution.Parts("some", null, AnsweredRun.SITES), new NeuronParts("some", null, true))) {
            run.withMistake(
                    parts,
                    mistaken,
                    batch -> assertThatThrownBy(() -> parts.read(batch)).hasMessageContaining("the parts sum to"));
        }
    }

    private static void check(double difference, double rounding) {
        DirectAttribution.Parts.check(new double[][] {{5, 3}}, new double[] {difference}, new double[] {rounding});
    }

    @Test
    void withoutPlacesOrMlpsTheirColumnsAreMissing() {
        ModelShape heads = new ModelShape("transformer", 1, 4, 1, 1, 4, 0, 5, 5, 8, true, false, false, 0, List.of());
        ResidualSites bare = new ResidualSites(false, false, false);
        DirectAttribution.Parts parts = new DirectAttribution.Parts("END", null, bare);
        assertThat(parts.axes(heads).get(0).labels()).containsExactly("L0H0", "embed", "bias", "unembed_bias");
        assertThat(parts.captures(heads))
                .containsExactly(HookPoint.of(Site.EMBED), HookPoint.of(Site.RESID_PRE, 0), HookPoint.of(Site.Z, 0));
        assertThat(new NeuronParts("END", null, false).axes(RUNS.get(0).shape()))
                .containsExactly(Axis.counted("layer", 2), Axis.counted("neuron", 4));
        assertThat(new NeuronParts("END", null, false).captures(heads))
                .containsExactly(HookPoint.of(Site.MLP_POST, 0), HookPoint.of(Site.MLP_OUT, 0));
    }

    @Test
    void aMapShowsNeuronsAndASumIsRefused() {
        assertThat(new DirectAttribution("END", DirectAttribution.By.COMPONENTS, null).figure())
                .isEqualTo(Figure.BARS);
        assertThat(new DirectAttribution("END", DirectAttribution.By.NEURONS, null).figure())
                .isEqualTo(Figure.MAP);
        assertThatThrownBy(() -> new DirectAttribution("END", DirectAttribution.By.NEURONS, Reduction.SUM))
                .hasMessageContaining("would add up logits");
    }
}
