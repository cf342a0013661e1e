package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.execute.batch.Meter;
import dev.loupe.execute.keep.Room;
import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.keep.WorkFolder;
import dev.loupe.execute.pass.RunEnds;
import dev.loupe.execute.pass.RunStarts;
import dev.loupe.explain.Actual;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.resolve.Specs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another neuron of rows that were scanned begins with what was kept of the scan: the bits are those of a fresh run. */
class RunStartsTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");
    private static final Room ALL = new Room(1L << 30, 0);

    @TempDir
    Path folder;

    /** @param begins the block whose MLP the second run begins with, -1 where it begins with the tokens */
    @ParameterizedTest
    @CsvSource({
        // The same layer; an earlier one; a later one, from the last stream that there is.
        "gemma3, L5N3, L5N7, '', 5",
        "gemma3, L5N3, L2N1, '', 2",
        "gemma3, L3N3, L6N0, '', 3",
        "gpt2, L1N1, L1N2, '', 1",
        "llama-gqa, L1N1, L1N2, '', 1",
        // Nothing is kept before the first block.
        "gemma2, L0N1, L0N2, '', -1",
        // The scan makes logits as well: the text around examples is read from what it ended in.
        "gemma3, L5N3, L4N7, loss, 4",
        "llama-gqa, L1N1, L1N2, loss, 1",
        // It passed later blocks on its way to the logits.
        "gemma3, L2N3, L6N7, loss, 6",
    })
    void anotherNeuronRunsFewBlocks(String model, String first, String second, String also, int begins) {
        WorkFolder kept = new WorkFolder(folder.resolve("kept"), ALL);
        try (Laboratory lab = new Laboratory(folder, spec(model, first, also))) {
            ExecutionPlan plan = PlanOptimizer.optimize(lab.plan()).plan();
            same(lab.run(plan, kept), lab.run(plan, ValueStore.none()));
        }
        try (Laboratory lab = new Laboratory(folder, spec(model, second, also))) {
            ExecutionPlan plan = PlanOptimizer.optimize(lab.plan()).plan();
            Forward scan = scan(plan);
            Meter meter = Meter.on();
            Map<String, StepValue> reused = lab.run(plan, kept, meter);
            same(reused, lab.run(plan, ValueStore.none()));
            int read = Integer.parseInt(second.substring(1, second.indexOf('N')));
            Forward whole = scan.with(List.of(HookPoint.of(Site.MLP_POST, read)), LogitsRead.NONE, read + 1);
            long needed = (begins < 0 ? whole : whole.resuming(scan.id(), begins, Site.RESID_MID)).flops();
            long run =
                    meter.taken().getOrDefault(scan.id(), new Actual(0, 0, 0)).flops();
            assertThat((double) run / needed)
                    .as("nothing before the MLP of block %d, and nothing after the neurons of block %d", begins, read)
                    .isBetween(0.9, 1.1);
        }
    }

    private static void same(Map<String, StepValue> one, Map<String, StepValue> other) {
        assertThat(one.keySet()).isEqualTo(other.keySet()).isNotEmpty();
        one.forEach((name, value) -> assertThat(value)
                .as(name)
                .usingRecursiveComparison()
                .withStrictTypeChecking()
                .withEqualsForType(Double::equals, Double.class)
                .withEqualsForType(Float::equals, Float.class)
                .isEqualTo(other.get(name)));
    }

    private static Forward scan(ExecutionPlan plan) {
        return plan.steps().stream()
                .filter(step -> step instanceof Forward run && run.clean())
                .map(Forward.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void otherRowsAreRunFromTheirTokens() {
        WorkFolder kept = new WorkFolder(folder.resolve("kept"), ALL);
        String spec = spec("gemma3", "L5N3", "");
        try (Laboratory lab = new Laboratory(folder, spec)) {
            lab.run(PlanOptimizer.optimize(lab.plan()).plan(), kept);
        }
        try (Laboratory lab = new Laboratory(folder, spec.replace("[1, 2, 3, 5]", "[1, 2, 4, 5]"))) {
            ExecutionPlan plan = PlanOptimizer.optimize(lab.plan()).plan();
            same(lab.run(plan, kept), lab.run(plan, ValueStore.none()));
        }
    }

    @Test
    void whereRoomIsScarceFewerStreamsAreKeptAndTheDeepestFirst() {
        try (Laboratory lab = new Laboratory(folder, spec("gemma3", "L6N3", ""))) {
            ExecutionPlan plan = PlanOptimizer.optimize(lab.plan()).plan();
            long one = starts(plan, ALL) / 6;
            assertThat(one).isEqualTo(4L * scan(plan).model().shape().dModel() * tokens(scan(plan)));
            assertThat(starts(plan, new Room(4 * one, 0))).isEqualTo(3 * one);
            assertThat(starts(plan, new Room(one, 0))).isEqualTo(one);
            assertThat(starts(plan, new Room(one - 1, 0))).isZero();
            assertThat(starts(plan, Room.of(1L << 30)))
                    .as("500 operations a byte: every third block of so small a network")
                    .isEqualTo(2 * one);
            assertThat(starts(plan, Room.NONE)).isZero();
        }
    }

    private long starts(ExecutionPlan plan, Room room) {
        ValueStore store = new WorkFolder(folder.resolve("kept"), room);
        return RunStarts.of(plan, store, room.without(RunEnds.of(plan, store).bytes()))
                .bytes();
    }

    private static long tokens(Forward run) {
        return run.rows().buckets().stream()
                .mapToLong(bucket -> (long) bucket.rows() * bucket.length())
                .sum();
    }

    private static String spec(String model, String neuron, String also) {
        List<String> ids = new ArrayList<>();
        ids.add("[1, 2, 3, 5]");
        for (int row = 0; row < 90; row++) {
            String tail = row % 3 == 0 ? "" : ", 7";
            ids.add("[%d, %d, %d, 5%s]".formatted(row % 17, row % 7, row % 11, tail));
        }
        return """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, ids: %s}
                metric: {loss: loss}
                measure:
                  text: {max-activating: mlp.post, neurons: [%3$s], examples: 4, lowest: 2, sample: &some {count: 200, seed: 1}}
                  values: {max-activating: mlp.post, neurons: [%3$s], examples: 4, show: values, sample: *some}
                %4$s
                """.formatted(
                        PARITY.resolve(model), ids, neuron, also.isEmpty() ? "" : "  also: {evaluate: " + also + "}")
                .replace(also.isEmpty() ? "metric: {loss: loss}\n" : "", "");
    }
}
