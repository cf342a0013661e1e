package dev.loupe.analysis.output;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.metric.answer.LogitDifference;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.values.Additivity;
import dev.loupe.plan.values.AgreeModels;
import dev.loupe.plan.values.Change;
import dev.loupe.plan.values.CompareLogits;
import dev.loupe.plan.values.Recover;
import dev.loupe.resolve.Specs;
import java.nio.file.Path;
import java.util.List;
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
        CompareLogits back = (CompareLogits) step(plan, "back");
        assertThat(back.change()).containsExactly(1, 2);
        List<Forward> runs = back.runs().stream()
                .map(id -> plan.forward(((Summarise) plan.step(id)).forward()))
                .toList();
        assertThat(runs.get(0).rows().name()).doesNotEndWith("/corrupted");
        assertThat(runs.get(1).rows().name()).endsWith("/corrupted");
        assertThat(runs.get(2).rows()).isEqualTo(runs.get(1).rows());
        assertThat(runs).extracting(Forward::clean).containsExactly(true, true, false);
    }

    /** Where it is not written, two means are too near each other as the metric says. */
    @Test
    void howNearIsTooNear() {
        ExecutionPlan plan = Specs.plan(folder, spec("""
                plain: {apply: patch, read: difference, as: recovery}
                near: {apply: patch, read: difference, as: recovery, undefined-below: 0}
                sum: {apply: layers, read: difference, as: additivity, undefined-below: 0.5}
                """));
        assertThat(((Recover) step(plan, "plain")).least())
                .containsExactly(new LogitDifference("END", null).distinct())
                .doesNotContain(0.0);
        assertThat(((Recover) step(plan, "near")).least()).containsExactly(0.0);
        assertThat(((Additivity) step(plan, "sum")).least()).containsExactly(.5);
        assertThat(Specs.refusal(folder, spec("""
                near: {apply: patch, read: difference, as: recovery, undefined-below: -0.1}
                """))).contains("`undefined-below` must be at least 0");
    }

    /** What comes earlier is there in the run that a change is measured against. */
    @Test
    void interventionsAfterOthersAreOneRun() {
        ExecutionPlan plan = Specs.plan(folder, spec("""
                both: {apply: second, read: difference, as: change}
                """).replace("intervention:", """
                intervention:
                  second: {ablate: attn.z, heads: [L1H0], after: head}\
                """));
        Change change = (Change) step(plan, "both");
        assertThat(edited(plan, change.value())).containsExactly(List.of(1), List.of(0));
        assertThat(edited(plan, change.zero())).containsExactly(List.of(1));
        ExecutionPlan other = Specs.plan(folder, spec("""
                both: {apply: [head, back], read: difference}
                """).replace("intervention:", """
                intervention:
                  back: {patch: attn.z, heads: [L1H0], from: clean}\
                """));
        assertThat(run(other, step(other, "both")).rows().name())
                .as("an ablation is made in whichever run a patch edits")
                .endsWith("/corrupted");
    }

    /** What is written would be read, and says nothing of the model. */
    @Test
    void whatIsWrittenIsNotRead() {
        assertThat(Specs.refusal(folder, """
                loupe: 1
                model: {plant: identity-mlp, vocabulary: 16}
                dataset: {generator: repeated-tokens, period: 3, length: 8, ids: 0..9, rows: 2, seed: 1}
                metric: {seen: {activation: mlp.post, neurons: [L0N1]}}
                intervention: {cut: {ablate: mlp.post, neurons: [L0N1]}}
                measure: {cut: {apply: cut, read: seen}}
                """))
                .contains("the metric reads `blocks.0.mlp.hook_post`, which `cut` writes");
    }

    @Test
    void textsAreReadEverywhere() {
        ExecutionPlan plan = Specs.plan(folder, spec("text: {text-loss: 2}"));
        Summarise text = (Summarise) step(plan, "text");
        assertThat(text.reading()).isEqualTo(new TextLoss(2));
        assertThat(plan.forward(text.forward()).clean()).isTrue();
    }

    /** The heads that the edits of a run write. */
    private static List<List<Integer>> edited(ExecutionPlan plan, int read) {
        return run(plan, plan.step(read)).cells().get(0).edits().stream()
                .map(Edit::components)
                .toList();
    }

    @Test
    void twoModelsAreCompared() {
        ExecutionPlan plan = Specs.plan(folder, """
                loupe: 1
                model: {a: {plant: heads, vocabulary: 16, context: 32}, b: {plant: identity-mlp, vocabulary: 16}}
                dataset: {generator: repeated-tokens, period: 3, length: 8, ids: 0..9, rows: 2, seed: 1}
                measure:
                  same: {agreement: b, model: a}
                """);
        AgreeModels agree = (AgreeModels) step(plan, "same");
        assertThat(agree.compared()).extracting(ModelRef::label).containsExactly("planted heads");
        assertThat(agree.others()).extracting(ModelRef::label).containsExactly("planted identity-mlp");
        assertThat(agree.otherLoads()).hasSize(1).doesNotContain(agree.load());
    }

    @Test
    void whatHasNoAnswerIsRefused() {
        assertThat(Specs.refusal(folder, spec("""
                lens: {logit-lens: END, read: difference, answers: mean}
                sum: {logit-lens: END, answers: sum}
                """)))
                .contains("leave `answers` out here")
                .contains("`answers: sum` would add up logits");
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
