package dev.loupe.analysis.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.model.config.NormPlacement;
import dev.loupe.model.config.Normalization;
import dev.loupe.model.dictionary.ActivationScale;
import dev.loupe.model.dictionary.Dictionary;
import dev.loupe.model.dictionary.DictionaryConfig;
import dev.loupe.model.dictionary.DictionaryKind;
import dev.loupe.plan.ask.DictionaryShape;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.result.Axis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Three features of the residual stream of the second layer, before its MLP: d_model is 5. */
class FeaturePartsTest {
    private static final AnsweredRun RUN = AnsweredRun.of(Normalization.LN, NormPlacement.BEFORE);
    private static final HookPoint STREAM = HookPoint.of(Site.RESID_MID, 1);
    private static final HookPoint ERROR = HookPoint.of(Site.DICTIONARY_ERROR, 1);
    private static final Map<String, float[]> WEIGHTS =
            Map.of("W_enc", normal(1, 15), "b_enc", normal(2, 3), "W_dec", normal(3, 15), "b_dec", normal(4, 5));

    private final FeatureParts parts = FeatureParts.of("some", null, true, List.of(shape(STREAM, true)));

    private static float[] normal(int seed, int size) {
        Random random = new Random(seed);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static DictionaryShape shape(HookPoint writes, boolean linear) {
        return new DictionaryShape(STREAM, writes, 3, 5, linear, 38);
    }

    /** @param times what the error is multiplied by before it is kept */
    private void with(double times, Consumer<Batch> use) {
        DictionaryConfig config = new DictionaryConfig(
                DictionaryKind.STANDARD, 5, 5, 3, 0, false, true, ActivationScale.NONE, STREAM, STREAM, "", null);
        try (NDManager manager = Backend.cpu()) {
            use.accept(RUN.model()
                    .run(
                            AnsweredRun.rows(),
                            parts.captures(RUN.shape()),
                            List.of(new Dictionary(config, WEIGHTS, manager)),
                            seen -> {
                                Map<HookPoint, NDArray> kept = new LinkedHashMap<>(seen);
                                kept.computeIfPresent(ERROR, (point, value) -> value.mul(times));
                                return kept;
                            },
                            manager));
        }
    }

    /** max(0, (x - b_dec) W_enc + b_enc) times what the row of W_dec adds to the difference. */
    private static double wanted(Batch batch, int feature, int row, int pos) {
        double[] stream = AnsweredRun.at(batch, STREAM, row, pos);
        double[] along = RUN.scaled(batch, row, pos);
        double active = WEIGHTS.get("b_enc")[feature];
        double written = 0;
        for (int d = 0; d < 5; d++) {
            active += (stream[d] - WEIGHTS.get("b_dec")[d]) * WEIGHTS.get("W_enc")[d * 3 + feature];
            written += WEIGHTS.get("W_dec")[feature * 5 + d] * along[d];
        }
        return Math.max(0, active) * written;
    }

    @Test
    void featuresAreTheirActivationsTimesTheirRows() {
        with(1, batch -> {
            RowValues found = parts.read(batch);
            assertThat(found.numerator()).hasSize(2 * 3);
            double all = 0;
            for (int i = 0; i < 6; i++) {
                int row = i / 3;
                double wanted = 0;
                for (int pos : AnsweredRun.SOME[row]) {
                    wanted += wanted(batch, i % 3, row, pos);
                }
                assertThat(found.numerator()[i]).isEqualTo(wanted, within(1e-4));
                assertThat(found.denominator()[i]).isEqualTo(2 - row);
                all += Math.abs(wanted);
            }
            assertThat(all).isGreaterThan(1);
        });
    }

    @Test
    void featuresThatDoNotAddUpToTheActivationEndTheRun() {
        with(2, batch -> assertThatThrownBy(() -> parts.read(batch)).hasMessageContaining("the parts sum to"));
    }

    @Test
    void whatIsReadIsNamedByTheLayerOfTheDictionary() {
        HookPoint features = HookPoint.of(Site.FEATURES, 1);
        assertThat(parts.captures(RUN.shape()))
                .containsExactly(STREAM, features, ERROR, HookPoint.of(Site.LN_FINAL_SCALE));
        assertThat(FeatureParts.of("some", null, false, List.of(shape(STREAM, true)))
                        .captures(RUN.shape()))
                .containsExactly(STREAM, features, ERROR);
        assertThat(parts.axes(RUN.shape()))
                .containsExactly(new Axis("layer", List.of("1")), Axis.counted("feature", 3));
        assertThat(parts.logits()).isEqualTo(new LogitsRead(LogitsRead.Extent.AT, "some"));
    }

    @Test
    void featuresWithoutADirectionOfTheirOwnAreRefused() {
        assertThatThrownBy(() -> of(shape(STREAM, true), shape(STREAM, true)))
                .hasMessageContaining("attach one of them");
        assertThatThrownBy(() -> of()).hasMessageContaining("attach a dictionary to the model");
        assertThatThrownBy(() -> of(shape(HookPoint.of(Site.MLP_POST, 1), true)))
                .hasMessageContaining("layer 1 have no fixed direction")
                .hasMessageContaining("it reconstructs blocks.1.mlp.hook_post");
        assertThatThrownBy(() -> of(shape(STREAM, false)))
                .hasMessageContaining("rescaled at each position, or has a skip");
    }

    private static FeatureParts of(DictionaryShape... dictionaries) {
        return FeatureParts.of("END", null, true, List.of(dictionaries));
    }
}
