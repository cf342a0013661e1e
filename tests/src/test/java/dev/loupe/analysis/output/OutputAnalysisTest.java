package dev.loupe.analysis.output;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.values.Additivity;
import dev.loupe.plan.values.Change;
import dev.loupe.plan.values.CompareLogits;
import dev.loupe.plan.values.Recover;
import dev.loupe.resolve.Specs;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each analysis of this group plans, none of it run. */
class OutputAnalysisTest {
    @TempDir
    Path folder;

    private static String spec(String measure) {
        return """
                loupe: 1
                model: {plant: heads, vocabulary: 16, context: 32}
                dataset: {generator: toy-ioi, names: 9, fillers: 4, rows: 8, seed: 3}
                metric: {difference: logit-difference, nats: loss}
                intervention:
                  head: {ablate: attn.z, heads: [L0H1]}
                  patch: {patch: attn.z, over: [layer, head], from: corrupted}
                  layers: {patch: resid_pre, over: layer, window: [1, 2], from: corrupted}
                measure:
                """ + measure.indent(2);
    }

    private static PlanStep step(ExecutionPlan plan, String name) {
        return plan.step(requireNonNull(plan.outputs().get(name)));
    }

    private static Forward run(ExecutionPlan plan, PlanStep read) {
        return plan.forward(((ReadRows) read).forwards().get(0));
    }

    @Test
    void valuesAndWhatIsMadeOfThem() {
        ExecutionPlan plan = Specs.plan(folder, spec("""
                clean: {evaluate: [difference, nats]}
                under: {apply: patch, read: difference}
                change: {apply: head, read: difference, as: change}
                recovery: {apply: patch, read: difference, as: recovery}
                additivity: {apply: layers, read: difference, as: additivity}
                """));
        assertThat(run(plan, step(plan, "clean")).cells()).hasSize(1);
        assertThat(run(plan, step(plan, "under")).cells()).hasSizeGreaterThan(1);
        Change change = (Change) step(plan, "change");
        assertThat(run(plan, plan.step(change.value())).cells().get(0).edits()).hasSize(1);
        assertThat(run(plan, plan.step(change.zero())).cells().get(0).edits()).isEmpty();
        Recover recover = (Recover) step(plan, "recovery");
        assertThat(run(plan, plan.step(recover.value())).cells()).hasSizeGreaterThan(1);
        assertThat(run(plan, plan.step(recover.zero())).rows())
                .isNotEqualTo(run(plan, plan.step(recover.one())).rows());
        assertThat(step(plan, "additivity")).isInstanceOf(Additivity.class);
    }

    @Test
    void partsAndDepths() {
        ExecutionPlan plan = Specs.plan(folder, spec("""
                parts: {direct-attribution: END}
                heads: {head-attribution: END}
                edited: {head-attribution: END, under: head}
                lens: {logit-lens: END}
                read: {logit-lens: everywhere, read: nats, per: position}
                """));
        assertThat(((ReadRows) step(plan, "parts")).reading()).isInstanceOf(DirectAttribution.Parts.class);
        assertThat(((ReadRows) step(plan, "heads")).reading())
                .isEqualTo(new HeadAttribution.Written("END", null, false));
        assertThat(run(plan, step(plan, "edited")).cells().get(0).edits()).hasSize(1);
        assertThat(((LensDifference) ((ReadRows) step(plan, "lens")).reading()).scale())
                .isEqualTo(LogitLens.Scale.HELD);
        LensMetrics read = (LensMetrics) ((ReadRows) step(plan, "read")).reading();
        assertThat(read.scale()).isEqualTo(LogitLens.Scale.OWN);
        assertThat(read.positions()).isPositive();
    }

    /** Both halves and the patched run, the clean one first; an ablation has the unedited run and the edited one. */
    @Test
    void logitsStandSideBySide() {
        ExecutionPlan plan = Specs.plan(folder, spec("""
                plain: {logits: END, rows: 2, top: 5}
                edited: {logits: END, rows: 2, top: 5, under: head}
                patched: {logits: END, rows: 16, top: 100, under: one}
                back: {logits: END, rows: 1, top: 1, under: other}
                """).replace("intervention:", """
                intervention:
                  one: {patch: attn.z, heads: [L0H1], from: corrupted}
                  other: {patch: attn.z, heads: [L0H1], from: clean}\
                """));
        assertThat(((CompareLogits) step(plan, "plain")).names()).containsExactly("unedited");
        assertThat(((CompareLogits) step(plan, "plain")).change()).isEmpty();
        assertThat(((CompareLogits) step(plan, "edited")).names()).containsExactly("unedited", "edited");
        assertThat(((CompareLogits) step(plan, "edited")).change()).containsExactly(0, 1);
        assertThat(((CompareLogits) step(plan, "patched")).names()).containsExactly("clean", "corrupted", "patched");
        assertThat(((CompareLogits) step(plan, "patched")).change()).containsExactly(0, 2);
        assertThat(((CompareLogits) step(plan, "back")).names()).containsExactly("clean", "corrupted", "patched");
        assertThat(((CompareLogits) step(plan, "back")).change()).containsExactly(1, 2);
    }

    @Test
    void whatHasNoAnswerIsRefused() {
        assertThat(Specs.refusal(folder, spec("""
                recovery: {apply: head, read: difference, as: recovery}
                additivity: {apply: patch, read: difference, as: additivity}
                swept: {logits: END, under: patch}
                features: {direct-attribution: END, by: features}
                neurons: {direct-attribution: END, by: neurons}
                """)))
                .contains("`as: recovery` needs an intervention that patches")
                .contains("`as: additivity` needs a sweep over layers")
                .contains("`logits` shows a single edited run")
                .contains("there are no features: attach a dictionary")
                .contains("has no neurons");
    }
}
