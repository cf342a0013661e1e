package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.explain.PlanText;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.optimize.Rule;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.resolve.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One small experiment's plan before and after each rule, as {@code explain} prints it: {@code plans/RULE.before.txt} and
 * {@code plans/RULE.after.txt}. A rule sees what the rules before it left. {@code -Dloupe.golden=write} writes the files.
 */
class GoldenPlansTest {
    private static final Path PLANS = Specs.HOME.resolve("tests/src/test/resources/plans");
    private static final boolean WRITE = "write".equals(System.getProperty("loupe.golden"));

    @TempDir
    Path folder;

    @Test
    void everyRuleDoesWhatItsFilesShow() throws IOException {
        ExecutionPlan plan;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model: {planted: {plant: heads}, drawn: {reinitialise: planted, seeds: [0, 1]}}
                dataset:
                  rows: {generator: tokens, ids: [[1, 2, 3, 1, 2], [2, 1, 3, 2, 1], [4, 5, 6], [7, 8, 9]], answer: [3, 3, 1, 2], wrong: [4, 4, 2, 1]}
                  other: {generator: repeated-tokens, period: 3..4, length: 8, rows: 5, seed: 1}
                  pairs: {generator: tokens, ids: [[1, 2, 3]], corrupted: [[4, 2, 3]], answer: [5], wrong: [6]}
                intervention:
                  mean: {ablate: attn.z, heads: [L0H1], with: {mean: {of: other}}}
                  swap: {ablate: attn.z, over: [layer, head], at: END, with: {resample: {of: rows, seed: 2}}}
                metric: {nll: loss, difference: logit-difference}
                measure:
                  patterns: {head-scores: [IND], dataset: rows}
                  clean: {evaluate: nll, dataset: rows}
                  without: {apply: mean, read: difference, dataset: rows}
                  swapped: {apply: swap, read: difference, dataset: rows}
                  screen: {attribution-patching: attn.z, over: [layer, head], read: difference, dataset: pairs, recheck: 2}
                  beside: {agreement: drawn, model: drawn, dataset: other}
                  forgotten: {evaluate: nll, dataset: other}
                """)) {
            plan = unread(lab.plan());
        }
        for (Rule rule : PlanOptimizer.RULES) {
            compare(rule, "before", PlanText.render(plan, plan, List.of()));
            Rule.Rewrite rewrite = rule.apply(plan)
                    .orElseThrow(() -> new AssertionError(rule.name() + " has nothing to do in this plan"));
            List<String> did = List.of(rule.name() + ": " + rewrite.did());
            compare(rule, "after", PlanText.render(plan, rewrite.plan(), did));
            assertThat(rule.apply(rewrite.plan()))
                    .as(rule.name() + " applied twice")
                    .isEmpty();
            plan = rewrite.plan();
        }
    }

    private static void compare(Rule rule, String when, String text) throws IOException {
        Path file = PLANS.resolve(rule.name().replace(' ', '-') + "." + when + ".txt");
        if (WRITE) {
            Files.createDirectories(PLANS);
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("a golden plan of every rule; -Dloupe.golden=write writes it")
                .exists();
        assertThat(text).as(file.getFileName().toString()).isEqualTo(Files.readString(file));
    }

    /** The plan with a capture that nothing reads and without the output that needs its last measurement. */
    private static ExecutionPlan unread(ExecutionPlan plan) {
        List<PlanStep> steps = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward forward
                    && forward.clean()
                    && forward.logits().wanted()) {
                List<HookPoint> captures = new ArrayList<>(forward.captures());
                captures.add(HookPoint.of(Site.ATTN_OUT, 1));
                steps.add(forward.with(captures, forward.logits(), forward.stopLayer()));
            } else {
                steps.add(step);
            }
        }
        Map<String, Integer> outputs = new LinkedHashMap<>(plan.outputs());
        outputs.remove("forgotten");
        return new ExecutionPlan(steps, outputs);
    }
}
