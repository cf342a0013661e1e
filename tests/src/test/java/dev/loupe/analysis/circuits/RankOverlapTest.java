package dev.loupe.analysis.circuits;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.edit.Ranking;
import dev.loupe.plan.values.RankingOverlap;
import dev.loupe.resolve.Specs;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankOverlapTest {
    private static final Ranking.Order HIGHEST = Ranking.Order.HIGHEST;

    @TempDir
    Path folder;

    private String spec(String measure) {
        return """
                loupe: 1
                model: {plant: heads, vocabulary: 16, context: 32}
                dataset: {generator: toy-ioi, names: 9, fillers: 4, rows: 8, seed: 3}
                metric: logit-difference
                measure:
                  screen: {attribution-patching: attn.z, over: head, layers: 0}
                """ + measure.indent(2);
    }

    @Test
    void rankingsOfHeadsAreCompared() {
        ExecutionPlan plan = Specs.plan(folder, spec("overlap: {rank-overlap: {a: screen}, of: heads, k: [1, 2]}"));
        RankingOverlap overlap =
                (RankingOverlap) plan.step(requireNonNull(plan.outputs().get("overlap")));
        assertThat(overlap.labels()).containsExactly("a");
        assertThat(overlap.k()).containsExactly(1, 2);
        int all = overlap.components();
        assertThatCode(() ->
                        Specs.plan(folder, spec("overlap: {rank-overlap: {a: screen}, of: heads, k: " + all + "}")))
                .doesNotThrowAnyException();
        assertThat(Specs.refusal(folder, spec("overlap: {rank-overlap: {a: screen}, of: heads, k: " + (all + 1) + "}")))
                .contains("`k` is at most the " + all + " components");
    }

    @Test
    void moreThanALayerHasIsRefused() {
        assertThat(Specs.refusal(folder, spec("overlap: {rank-overlap: {a: screen}, of: heads, k: 99}")))
                .contains("`k` is at most the");
    }

    @Test
    void numbersOfComponentsAreDifferentAndAboveZero() {
        for (List<Integer> wrong : List.of(List.<Integer>of(), List.of(0), List.of(2, 2))) {
            assertThatThrownBy(() -> new RankOverlap(Map.of("a", "b"), RankOverlap.Of.HEADS, wrong, HIGHEST))
                    .hasMessageContaining("`k` must be different");
        }
        assertThatThrownBy(() -> new RankOverlap(Map.of(), RankOverlap.Of.HEADS, List.of(1), HIGHEST))
                .hasMessageContaining("at least one measurement");
    }
}
