package dev.loupe.analysis.weights;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.plan.Compute;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.resolve.Specs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each analysis of this group plans and refuses, none of it run. */
class WeightAnalysisTest {
    @TempDir
    Path folder;

    private static String spec(String measure) {
        return """
                loupe: 1
                model: {heads: {plant: heads, vocabulary: 16, context: 32}, neurons: {plant: neurons, decoys: 2, seed: 3}}
                dataset: {generator: repeated-tokens, period: 3, length: 8, rows: 2, seed: 1}
                measure:
                """ + measure.indent(2);
    }

    @Test
    void weightsAreComputed() {
        ExecutionPlan plan = Specs.plan(folder, spec("""
                composition: {composition: Q, model: heads}
                copying: {copying: top-k, k: 16, model: heads}
                circuit: {circuit: QK, heads: L0H0, queries: 15..20, model: heads}
                nearest: {nearest-neurons: L0N1, weights: W_out, count: 11, seed: 1, model: neurons}
                """));
        isComputed(plan, "composition", Composition.class);
        isComputed(plan, "copying", Copying.class);
        isComputed(plan, "circuit", TokenCircuit.class);
        isComputed(plan, "nearest", NearestNeurons.class);
    }

    private static void isComputed(ExecutionPlan plan, String name, Class<?> work) {
        assertThat(((Compute) plan.step(requireNonNull(plan.outputs().get(name)))).computation())
                .isInstanceOf(work);
    }

    @Test
    void whatTheModelLacksIsRefused() {
        for (String wrong : new String[] {
            "{copying: top-k, k: 17, model: heads} | `k` 17 is more than all 16 tokens",
            "{circuit: QK, heads: L9H0, model: heads} | L9H0 does not exist",
            "{circuit: QK, heads: L0H0, queries: 16..20, model: heads} | which is 0..15",
            "{svd-tokens: OV, heads: L9H0, model: heads} | L9H0 does not exist",
            "{svd-tokens: W_in, layers: 0, model: heads} | has no MLP",
            "{svd-tokens: W_in, layers: -1, model: neurons} | there is no layer -1",
            "{read-write: in-out, neurons: L9N0, model: neurons} | L9N0 does not exist",
            "{directions: W_out, neurons: L9N0, model: neurons} | L9N0 does not exist",
            "{nearest-neurons: L9N0, weights: W_out, seed: 1, model: neurons} | L9N0 does not exist",
            "{nearest-neurons: L0N1, weights: W_gate, seed: 1, model: neurons} | `W_gate` needs a gated MLP",
            "{nearest-neurons: L0N1, weights: W_out, count: 12, seed: 1, model: neurons} | has only 11 other neurons",
            "{weights: W_in, layer: 9, model: neurons} | there is no layer 9",
            "{weights: W_in, layer: -1, model: neurons} | there is no layer -1",
            "{weights: W_gate, layer: 0, model: neurons} | has no `mlp.W_gate`"
        }) {
            String[] both = wrong.split(" [|] ");
            assertThat(Specs.refusal(folder, spec("w: " + both[0]))).as(wrong).contains(both[1]);
        }
    }
}
