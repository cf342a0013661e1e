package dev.loupe.analysis.circuits;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.loupe.analysis.reading.Distribution;
import dev.loupe.analysis.reading.MetricBundle;
import dev.loupe.plan.Differentiate;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.Prune;
import dev.loupe.plan.Pruned;
import dev.loupe.plan.Recheck;
import dev.loupe.plan.edit.EdgeGraph;
import dev.loupe.plan.edit.Ranking;
import dev.loupe.plan.values.Agreement;
import dev.loupe.plan.values.EstimateScatter;
import dev.loupe.plan.values.RecheckRows;
import dev.loupe.resolve.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each analysis of this group plans, none of it run. */
class CircuitAnalysisTest {
    @TempDir
    Path folder;

    private static String spec(String measure) {
        return """
                loupe: 1
                model: {plant: heads, vocabulary: 16, context: 32}
                dataset: {generator: toy-ioi, names: 9, fillers: 4, rows: 8, seed: 3}
                metric: {difference: logit-difference, hits: accuracy}
                measure:
                """ + measure.indent(2);
    }

    private static PlanStep step(ExecutionPlan plan, String name) {
        return plan.step(requireNonNull(plan.outputs().get(name)));
    }

    private static Differentiate estimate(PlanStep step) {
        return (Differentiate) step;
    }

    @Test
    void edgesAreEstimatedAndRunAgain() {
        ExecutionPlan plan = Specs.plan(folder, spec("""
                eap: {edge-attribution: EAP, read: difference}
                five: {edge-attribution: EAP-IG, read: difference}
                two: {edge-attribution: EAP-IG, steps: 2, read: difference, from: clean}
                many: {edge-attribution: EAP-IG, steps: 1000, read: difference}
                again: {edge-attribution: EAP, read: difference, recheck: 7}
                agreement: {edge-attribution: EAP, read: difference, recheck: 7, show: agreement}
                """));
        assertThat(((EdgeEstimate) estimate(step(plan, "eap")).estimate()).steps())
                .isEqualTo(1);
        assertThat(((EdgeEstimate) estimate(step(plan, "five")).estimate()).steps())
                .isEqualTo(5);
        assertThat(((EdgeEstimate) estimate(step(plan, "two")).estimate()).steps())
                .isEqualTo(2);
        assertThat(((EdgeEstimate) estimate(step(plan, "many")).estimate()).steps())
                .isEqualTo(1000);
        assertThat(estimate(step(plan, "two")).source())
                .isEqualTo(estimate(step(plan, "eap")).edited());
        assertThat(estimate(step(plan, "two")).edited())
                .isEqualTo(estimate(step(plan, "eap")).source());
        assertThat(estimate(step(plan, "eap")).source().name()).endsWith("/corrupted");
        Recheck again = (Recheck) step(plan, "again");
        assertThat(again.best()).isEqualTo(7);
        assertThat(again.runs()).isInstanceOf(EdgeRuns.class);
        assertThat(((Agreement) step(plan, "agreement")).rows()).isFalse();
    }

    @Test
    void cellsAreEstimatedAndRunAgain() {
        ExecutionPlan plan = Specs.plan(folder, spec("""
                alone: {attribution-patching: attn.z, over: [layer, head], read: difference}
                change: {attribution-patching: attn.z, over: [layer, head], read: difference, by: change}
                again: {attribution-patching: attn.z, over: [layer, head], read: difference, recheck: 3, steps: 1000}
                rows: {attribution-patching: attn.z, over: head, layers: 0, read: difference, recheck: 2, per: row}
                lowest: {attribution-patching: attn.z, over: head, layers: 0, read: difference, recheck: 2, per: row, from: corrupted}
                points: {attribution-patching: attn.z, over: head, layers: 0, read: difference, recheck: 2, per: row, show: points}
                agreement: {attribution-patching: attn.z, over: head, layers: 0, read: difference, recheck: 2, per: row, show: agreement}
                """));
        assertThat(((CellEstimate) estimate(step(plan, "alone")).estimate()).by())
                .isEqualTo(CellEstimate.By.GRADIENT);
        assertThat(((CellEstimate) estimate(step(plan, "change")).estimate()).by())
                .isEqualTo(CellEstimate.By.CHANGE);
        Recheck again = (Recheck) step(plan, "again");
        assertThat(again.best()).isEqualTo(3);
        assertThat(((CellEstimate) estimate(plan.step(again.estimate())).estimate()).steps())
                .isEqualTo(1000);
        assertThat(((RecheckRows) step(plan, "rows")).by()).isEqualTo(Ranking.Order.HIGHEST);
        assertThat(((RecheckRows) step(plan, "lowest")).by()).isEqualTo(Ranking.Order.LOWEST);
        ExecutionPlan alone = Specs.plan(folder, spec("""
                again: {attribution-patching: attn.z, over: [layer, head], read: difference, recheck: 3}
                """));
        assertThat(alone.steps().stream().filter(Forward.class::isInstance).count())
                .as("exact values are run for those alone that the estimate finds, when it has found them")
                .isZero();
        // Two of the heads in each of eight rows.
        assertThat(((EstimateScatter) step(plan, "points")).count()).isEqualTo(16);
        assertThat(((Agreement) step(plan, "agreement")).rows()).isTrue();
    }

    @Test
    void edgesArePrunedFromTheLogits() {
        ExecutionPlan plan = Specs.plan(folder, spec("""
                circuit: {prune-edges: 0.1, read: difference}
                back: {prune-edges: 0.1, read: difference, from: clean, show: summary}
                bits: {prune-edges: 0.1, kl-at: END, show: faithfulness}
                """));
        Pruned circuit = (Pruned) step(plan, "circuit");
        Prune prune = (Prune) plan.step(circuit.prune());
        EdgeGraph graph = prune.runs().graph();
        assertThat(prune.tried()).isEqualTo(graph.fromTheLogits());
        assertThat(prune.measure()).isEqualTo(Prune.Measure.METRIC);
        assertThat(prune.runs().reading()).isInstanceOf(MetricBundle.class);
        assertThat(circuit.show()).isEqualTo(Pruned.Show.CIRCUIT);
        Prune back = (Prune) plan.step(((Pruned) step(plan, "back")).prune());
        assertThat(prune.runs().source().name()).endsWith("/corrupted");
        assertThat(back.runs().source()).isEqualTo(prune.runs().edited());
        assertThat(back.runs().edited()).isEqualTo(prune.runs().source());
        Prune bits = (Prune) plan.step(((Pruned) step(plan, "bits")).prune());
        assertThat(bits.measure()).isEqualTo(Prune.Measure.DIVERGENCE);
        assertThat(bits.runs().reading()).isEqualTo(new Distribution("END"));
    }

    /** 341 writers and 981 readers of twenty layers of sixteen heads, 307 and 883 of eighteen. */
    @Test
    void aPageShowsSoManyEdges() throws IOException {
        assertThat(Specs.refusal(
                        folder,
                        spec("w: {edge-attribution: EAP, read: difference}")
                                .replace("{plant: heads, vocabulary: 16, context: 32}", deep(20))))
                .contains("334521 edges are too many for a page, which can show up to 300000");
        assertThatCode(() -> Specs.plan(
                        folder,
                        spec("w: {edge-attribution: EAP, read: difference}")
                                .replace("{plant: heads, vocabulary: 16, context: 32}", deep(18))))
                .doesNotThrowAnyException();
    }

    /** The card of a model of so many layers, which nobody trains. */
    private String deep(int layers) throws IOException {
        Path card = folder.resolve("deep" + layers + "/card.yaml");
        Files.createDirectories(card.getParent());
        Files.writeString(card, """
                loupe: 1
                card: trained
                title: Many layers
                architecture:
                  transformer: {n_layers: %d, d_model: 16, n_heads: 16, d_mlp: 8, n_ctx: 64, d_vocab: 16, act_fn: gelu, normalization_type: LN}
                recipe:
                  data: {generator: toy-ioi, names: 9, fillers: 4}
                  batch: 4
                  steps: 1
                  optimizer: {kind: adamw, learning-rate: 2.0e-3}
                  seeds: [0]
                """.formatted(layers));
        return "{card: deep" + layers + ", seeds: 0}";
    }

    @Test
    void whatHasNoMeaningIsRefused() {
        String refusal = Specs.refusal(folder, spec("""
                gradient: {edge-attribution: EAP, read: hits}
                cells: {attribution-patching: attn.z, over: head, read: hits}
                other: {prune-edges: 0.1, read: difference, chance: {random-circuits: {times: 5, seed: 1}}}
                """));
        assertThat(refusal).contains("`hits` has no gradient");
        for (String wrong : new String[] {
            "{edge-attribution: EAP, steps: 3, read: difference} | `steps` must be 2 to 1000",
            "{edge-attribution: EAP-IG, steps: 1, read: difference} | `steps` must be 2 to 1000",
            "{edge-attribution: EAP-IG, steps: 1001, read: difference} | `steps` must be 2 to 1000",
            "{edge-attribution: EAP, read: difference, show: agreement} | compares with exact values",
            "{edge-attribution: EAP, read: difference, from: unedited} | `from` must be `clean` or `corrupted`",
            "{attribution-patching: attn.z, read: difference, show: agreement} | compares with exact values",
            "{attribution-patching: attn.z, read: difference, by: change, recheck: 2} | `recheck` has nothing",
            "{attribution-patching: attn.z, read: difference, by: change, steps: 2} | reads no gradient",
            "{attribution-patching: attn.z, read: difference, steps: 0} | `steps` must be 1 to 1000",
            "{attribution-patching: attn.z, read: difference, steps: 1001} | `steps` must be 1 to 1000",
            "{attribution-patching: attn.z, over: layer, read: difference, recheck: 2, per: row} | ranks the components of one layer",
            "{attribution-patching: attn.z, over: [layer, head], read: difference, recheck: 2, per: row} | ranks the components of one",
            "{prune-edges: 0.1, read: difference, edges-from: {by: other, best: [3, 4]}} | give `best` one number",
            "{prune-edges: 0, read: difference} | must be greater than 0",
            "{prune-edges: 0.1, read: difference, from: unedited} | `from` must be `clean` or `corrupted`"
        }) {
            String[] both = wrong.split(" [|] ");
            assertThat(Specs.refusal(folder, spec("w: " + both[0]))).as(wrong).contains(both[1]);
        }
    }
}
