package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.load.Models;
import dev.loupe.execute.pass.PlanRunner;
import dev.loupe.execute.request.RunRequest;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.optimize.Rule;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.progress.SilentProgress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.model.ModelCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every rule on the sweeps of the parity fixture: what it does, and that the numbers stay. */
class OptimizedRunTest {
    private static final Path PARITY = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity");

    @TempDir
    Path folder;

    private static SpecFile.Checked checked() {
        Path spec = PARITY.resolve("llama-gqa/patching.yaml");
        return new SpecFile(spec, PARITY, null, List.of(), new ModelCatalog(List.of(PARITY))).check();
    }

    @Test
    void rulesSayWhatTheyDidAndNeverRaiseTheCost() {
        ExecutionPlan plan = checked().whole().plan();
        List<String> did = new ArrayList<>();
        for (Rule rule : PlanOptimizer.RULES) {
            Rule.Rewrite rewrite = rule.apply(plan).orElse(null);
            if (rewrite != null) {
                did.add(rule.name() + ": " + rewrite.did());
                assertThat(rewrite.plan().flops()).as(rule.name()).isLessThanOrEqualTo(plan.flops());
                plan = rewrite.plan();
            }
        }
        assertThat(did)
                .containsExactly(
                        "share equal forwards: 24 forward passes share the run of an equal one",
                        "answer-only unembed: 19 forward passes unembed only the positions that are read",
                        "resume at first edit: 3180 blocks are not run again but taken from the clean run",
                        "causal suffix: 36704 tokens of edited rows are as in the clean run and not run again",
                        "last rows of the last block: 224 forward passes end with the positions that are read",
                        "batch sweep cells: 2054 batches of edited rows become 156");
    }

    @Test
    void theOptimizedPlanGivesTheSameNumbers() throws IOException {
        SpecFile.Checked checked = checked();
        RunRequest request = new RunRequest(folder, folder, "cpu", true, "", "");
        try (Models models = new Models(checked.experiment(), request, SilentProgress.INSTANCE, new StopSignal())) {
            models.know(checked.whole().models());
            PlanRunner runner = new PlanRunner(
                    models,
                    ref -> checked.experiment().rows().of(ref),
                    ValueStore.none(),
                    SilentProgress.INSTANCE,
                    new StopSignal());
            ExecutionPlan plan = checked.whole().plan();
            Map<String, StepValue> plain = runner.run(plan);
            Map<String, StepValue> fast =
                    runner.run(PlanOptimizer.optimize(plan).plan());
            assertThat(fast.keySet()).isEqualTo(plain.keySet());
            plain.forEach((name, value) -> {
                double[] expected = numbers(value);
                double[] got = numbers(fast.get(name));
                for (int i = 0; i < expected.length; i++) {
                    assertThat(got[i]).as(name + " [" + i + "]").isCloseTo(expected[i], within(1e-5));
                }
            });
        }
    }

    private static double[] numbers(StepValue value) {
        return ((StepValue.Table) value).table().estimate().data();
    }
}
