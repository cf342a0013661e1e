package dev.loupe.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.intervention.Intervention;
import dev.loupe.metric.direction.AveragedOver;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.plan.edit.Direction;
import dev.loupe.plan.edit.DirectionEdit;
import dev.loupe.schema.Binder;
import dev.loupe.schema.yaml.YamlTree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextEditsTest {
    private static final TransformerConfig CONFIG =
            TransformerConfig.builder(2, 16, 12, 11).nHeads(4).build();

    private static TextEdits of(String... yaml) {
        return TextEdits.of(
                List.of(yaml).stream()
                        .map(text -> Binder.bind(YamlTree.parse(text, "--edit"), Intervention.class)
                                .value())
                        .toList(),
                CONFIG);
    }

    @Test
    void headsOfSeveralLayersAndTextsForDatasets() {
        TextEdits edits = of(
                "{ablate: attn.z, heads: [L0H1, L1H3]}",
                "{steer: resid_pre, toward: good, away: bad, layer: 1}",
                "{ablate: attn.z, heads: [L1H0], with: {mean: {of: plain, per: all}}}");
        assertThat(edits.cell().edits()).hasSize(4);
        DirectionEdit along = (DirectionEdit) edits.cell().edits().get(2).value();
        HookPoint point = HookPoint.of(Site.RESID_PRE, 1);
        assertThat(edits.means().get(means(along).toward()))
                .isEqualTo(new TextEdits.Mean(point, "good", AveragedOver.ALL));
        assertThat(edits.means().get(means(along).away()))
                .isEqualTo(new TextEdits.Mean(point, "bad", AveragedOver.ALL));
        assertThat(edits.means()).hasSize(3);
    }

    private static Direction.DifferenceOfMeans means(DirectionEdit along) {
        return (Direction.DifferenceOfMeans) along.direction();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ablate: attn.z, over: [layer, head]} | this is a sweep of 8 separate edits",
                "{ablate: attn.z, over: [layer]} | this is a sweep of 2 separate edits",
                "{ablate: attn.z, heads: [L0H1], at: END} | only `everywhere` is possible",
                "{ablate: attn.z, heads: [L0H9]} | L0H9 does not exist",
                "{ablate: attn.z, heads: [L0H1], with: {mean: {of: plain}}} | write `per: all`",
                "{ablate: attn.z, heads: [L0H1], with: {resample: {of: plain, seed: 1}}} | `resample` draws from the rows",
                "{ablate: attn.z, heads-from: {by: scores.IND, best: 1}} | `heads-from` needs an earlier measurement",
                "{steer: resid_pre, toward: good, away: bad} | this is a sweep of 2 separate edits",
                "{steer: resid_pre, toward: good, away: bad, layer: 7} | there is no layer 7"
            })
    void whatOneTextCannotDoIsRefusedByName(String yaml, String said) {
        assertThatThrownBy(() -> of("{ablate: attn.z, heads: [L0H1]}", yaml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--edit 2: ")
                .hasMessageContaining(said);
    }

    @Test
    void aPatchNeedsAnotherRun() {
        assertThatThrownBy(() -> of("{patch: resid_pre, over: [layer, pos], from: clean}"))
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("--edit 1: ");
    }
}
