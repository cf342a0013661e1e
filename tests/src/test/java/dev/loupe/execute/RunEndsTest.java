package dev.loupe.execute;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.execute.batch.Meter;
import dev.loupe.execute.keep.Room;
import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.keep.WorkFolder;
import dev.loupe.execute.pass.RunEnds;
import dev.loupe.explain.Actual;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.resolve.Specs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A metric that is added to a finished sweep reads where its runs ended: no block runs, and the bits are those of a fresh run. */
class RunEndsTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");
    private static final Room ALL = new Room(1L << 30, 0);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // The same sweep asked for another reading of the same answers, and for more columns of the output.
                "gpt2 | patched | logit-difference | probability",
                "gpt2 | ablated | probability | logit-difference",
                "gpt2 | sent | logit-difference | probability",
                "gpt2 | patched | loss | accuracy",
                "llama-gqa | patched | logit-difference | probability",
                "gemma2 | ablated | logit-difference | probability",
            })
    void anotherMetricRunsNoBlock(String model, String sweep, String first, String second) {
        WorkFolder kept = new WorkFolder(folder.resolve("kept"), ALL);
        try (Laboratory lab = new Laboratory(folder, spec(model, sweep, first))) {
            ExecutionPlan plan = PlanOptimizer.optimize(lab.plan()).plan();
            Meter meter = Meter.on();
            lab.run(plan, kept, meter);
            assertThat(work(plan, meter)).allMatch(flops -> flops > 0);
        }
        try (Laboratory lab = new Laboratory(folder, spec(model, sweep, second))) {
            ExecutionPlan plan = PlanOptimizer.optimize(lab.plan()).plan();
            Map<String, StepValue> fresh = lab.run(plan, ValueStore.none());
            assertThat(RunEnds.of(plan, kept).known()).containsExactlyElementsOf(sweeps(plan));
            Meter meter = Meter.on();
            Map<String, StepValue> reused = lab.run(plan, kept, meter);
            assertThat(work(plan, meter)).as("operations of blocks").allMatch(flops -> flops == 0);
            fresh.forEach((name, value) -> assertThat(Laboratory.table(requireNonNull(reused.get(name))))
                    .as(name)
                    .isEqualTo(Laboratory.table(value)));
        }
    }

    @Test
    void whatIsReadElsewhereOrOfOtherRowsRuns() {
        WorkFolder kept = new WorkFolder(folder.resolve("kept"), ALL);
        try (Laboratory lab = new Laboratory(folder, spec("gpt2", "patched", "logit-difference"))) {
            lab.run(PlanOptimizer.optimize(lab.plan()).plan(), kept);
        }
        // Another sweep, and the same one at every position.
        for (String changed : List.of(
                spec("gpt2", "ablated", "logit-difference"),
                spec("gpt2", "patched", "loss"),
                spec("gpt2", "patched", "logit-difference").replace("[1, 2, 3, 5]", "[1, 2, 4, 5]"))) {
            try (Laboratory lab = new Laboratory(folder, changed)) {
                ExecutionPlan plan = PlanOptimizer.optimize(lab.plan()).plan();
                assertThat(RunEnds.of(plan, kept).known()).as(changed).isEmpty();
            }
        }
    }

    @Test
    void nothingIsKeptWithoutRoomOrWhereItIsNotWorthIt() {
        for (Room room : List.of(Room.NONE, new Room(100, 0), Room.of(1L << 30))) {
            try (Laboratory lab = new Laboratory(folder, spec("gpt2", "patched", "logit-difference"))) {
                ExecutionPlan plan = PlanOptimizer.optimize(lab.plan()).plan();
                WorkFolder kept = new WorkFolder(folder.resolve("kept"), room);
                lab.run(plan, kept);
                RunEnds ends = RunEnds.of(plan, kept);
                assertThat(ends.bytes()).as("%s", room).isZero();
                assertThat(ends.known()).isEmpty();
            }
        }
    }

    private static List<Integer> sweeps(ExecutionPlan plan) {
        return plan.steps().stream()
                .filter(step -> step instanceof Forward run && run.logits().wanted())
                .map(step -> step.id())
                .toList();
    }

    private static List<Long> work(ExecutionPlan plan, Meter meter) {
        return sweeps(plan).stream()
                .map(id -> meter.taken().getOrDefault(id, new Actual(0, 0, 0)).flops())
                .toList();
    }

    private static String spec(String model, String sweep, String metric) {
        List<String> ids = new ArrayList<>();
        List<String> corrupted = new ArrayList<>();
        ids.add("[1, 2, 3, 5]");
        corrupted.add("[1, 2, 4, 5]");
        for (int row = 0; row < 40; row++) {
            String tail = row % 3 == 0 ? "" : ", 7";
            ids.add("[1, %d, %d, 5%s]".formatted(row % 7, row % 11, tail));
            corrupted.add("[2, %d, %d, 5%s]".formatted(row % 5, row % 13, tail));
        }
        String answers = "[1" + ", 1".repeat(40) + "]";
        return """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, ids: %s, corrupted: %s, answer: %s, wrong: %s}
                intervention:
                  patched: {patch: attn.z, over: [layer, head], from: clean}
                  ablated: {ablate: attn.z, over: [layer, head], with: {mean: {of: default}}}
                  sent: {path-patch: attn.z, over: [layer, head], to: L1H1.v, from: clean}
                measure:
                  m: {apply: %s, read: {%s: }}
                """.formatted(PARITY.resolve(model), ids, corrupted, answers, answers.replace('1', '3'), sweep, metric)
                .replace(": }", ": {}}");
    }
}
