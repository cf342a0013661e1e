package dev.loupe.analysis.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.analysis.reading.MetricBundle;
import dev.loupe.analysis.reading.ResidualSites;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.answer.LogitDifference;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.model.config.NormPlacement;
import dev.loupe.model.config.Normalization;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.DictionaryShape;
import dev.loupe.resolve.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every reading of a difference of two answers has in common. */
class AnsweredReadingsTest {
    private static final HookPoint STREAM = HookPoint.of(Site.RESID_MID, 1);

    @TempDir
    Path folder;

    private static List<RowReading> readings(String at) {
        DictionaryShape dictionary = new DictionaryShape(STREAM, STREAM, 3, 5, true, 38);
        MetricBundle difference = new MetricBundle(List.of("d"), List.of(new LogitDifference(at, null)));
        return List.of(
                new DirectAttribution.Parts(at, null, AnsweredRun.SITES),
                new NeuronParts(at, null, true),
                FeatureParts.of(at, null, true, List.of(dictionary)),
                new HeadAttribution.Written(at, null, false),
                new LensDifference(at, null, AnsweredRun.SITES, LogitLens.Scale.HELD),
                new LensMetrics(difference, at, AnsweredRun.SITES, LogitLens.Scale.OWN, 0));
    }

    @Test
    void rowsWithoutAnswersAreRefused() {
        TokenRows without =
                new TokenRows(new int[][] {{0, 5, 2}}, new int[0][], Map.of(), Map.of("END", new int[] {2}), Map.of());
        for (RowReading reading : readings("END")) {
            assertThatCode(() -> reading.check(AnsweredRun.rows()))
                    .as(reading.label())
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> reading.check(without)).as(reading.label()).hasMessageContaining("`answer`");
        }
        for (RowReading reading : readings("nowhere")) {
            assertThatThrownBy(() -> reading.check(AnsweredRun.rows()))
                    .as(reading.label())
                    .hasMessageContaining("`nowhere`");
        }
    }

    /** A number for each depth, as the metric has no axes. */
    @Test
    void aLensHasAnAxisOfDepths() {
        AnsweredRun run = AnsweredRun.of(Normalization.LN, NormPlacement.BEFORE);
        for (RowReading lens : readings("END").subList(4, 6)) {
            assertThat(lens.axes(run.shape())).containsExactly(new Depths(AnsweredRun.SITES).axis(run.shape()));
        }
    }

    /** The stream between attention and MLP is there where an MLP reads what attention wrote. */
    @ParameterizedTest
    @CsvSource({
        "gelu, true, true",
        "'gelu, parallel_attn_mlp: true', true, false",
        "'gelu, attn_only: true', true, false"
    })
    void whatIsSeenOfTheStreamDependsOnTheBlock(String more, boolean scaled, boolean mid) throws IOException {
        Path card = folder.resolve("two/card.yaml");
        Files.createDirectories(card.getParent());
        Files.writeString(card, """
                loupe: 1
                card: trained
                title: Two layers
                architecture:
                  transformer: {n_layers: 2, d_model: 8, n_heads: 2, d_mlp: 8, n_ctx: 64, d_vocab: 16, normalization_type: LN, act_fn: %s}
                recipe:
                  data: {generator: toy-ioi, names: 9, fillers: 4}
                  batch: 4
                  steps: 1
                  optimizer: {kind: adamw, learning-rate: 2.0e-3}
                  seeds: [0]
                """.formatted(more));
        ExecutionPlan plan = Specs.plan(folder, """
                loupe: 1
                model: {card: two, seeds: 0}
                dataset: {generator: toy-ioi, names: 9, fillers: 4, rows: 8, seed: 3}
                measure:
                  lens: {logit-lens: END}
                """);
        ReadRows lens = (ReadRows) plan.step(plan.outputs().values().iterator().next());
        assertThat(((LensDifference) lens.reading()).sites()).isEqualTo(new ResidualSites(scaled, true, mid));
    }
}
