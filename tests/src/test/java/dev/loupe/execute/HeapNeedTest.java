package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.send.Packing;
import dev.loupe.execute.shards.ExecutorSize;
import dev.loupe.execute.shards.HeapNeed;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.metric.reading.Part;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.Summarise;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What shards give is told from shapes, and what does not fit into a heap is refused. */
class HeapNeedTest {
    private static final long MIB = 1 << 20;

    @TempDir
    Path folder;

    /** Counts the bytes of what shards give, and keeps none. */
    private static final class Counting implements ValueStore {
        private long bytes;
        private long most;

        @Override
        public Optional<StepValue> find(String key) {
            return Optional.empty();
        }

        @Override
        public void store(String key, StepValue value) {}

        @Override
        public void keep(String key, String shard, Part part) {
            long own = part.numbers().stream()
                    .mapToLong(numbers -> (long) Double.BYTES * numbers.length)
                    .sum();
            bytes += own;
            most = Math.max(most, own);
        }
    }

    /** Means, a sweep, scores of heads and gradients: a part's own shape is a few bytes more. */
    @Test
    void whatComesBackIsWhatShardsGive() {
        String yaml = """
                loupe: 1
                model: {folder: "%s"}
                dataset:
                  one: {generator: repeated-tokens, period: 3..5, length: 14, rows: 700, seed: 3}
                  pairs: {generator: tokens, ids: [[1, 2, 3, 4], [2, 3, 4, 5]], corrupted: [[9, 2, 3, 4], [8, 3, 4, 5]], answer: [5, 6], wrong: [7, 8]}
                intervention:
                  mean: {ablate: attn.z, over: [layer, head], with: {mean: {of: one}}}
                metric: {loss: loss, difference: logit-difference}
                measure:
                  swept: {apply: mean, read: loss, dataset: one}
                  scores: {head-scores: [IND, PREV], dataset: one}
                  screen: {attribution-patching: attn.z, over: [layer, head], read: difference, dataset: pairs}
                """.formatted(Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity/gpt2"));
        try (Laboratory lab = new Laboratory(folder, yaml)) {
            ExecutionPlan plan = PlanOptimizer.optimize(lab.plan()).plan();
            Counting counting = new Counting();
            lab.run(plan, counting);
            HeapNeed need = HeapNeed.of(plan, lab::rows);
            assertThat(counting.bytes).isGreaterThan(50_000);
            assertThat((double) need.back() / counting.bytes).isBetween(0.99, 1.01);
            assertThat(need.most()).isGreaterThanOrEqualTo(counting.most);
            assertThat(need.sent()).isGreaterThan(700 * 14 * Integer.BYTES);
        }
    }

    /** Means of 64 numbers at each of 14 positions, float32, that the sweep writes: they go along with the plan and the rows. */
    @Test
    void valuesThatEditsWriteAreSentToo() {
        String yaml = """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: repeated-tokens, period: 3..5, length: 14, rows: 70, seed: 3}
                intervention: {ablate: mlp.post, over: [layer], with: %s}
                metric: loss
                measure: {swept: {apply: default, read: default}}
                """;
        Path gpt2 = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity/gpt2");
        try (Laboratory zero = new Laboratory(folder, yaml.formatted(gpt2, "zero"));
                Laboratory mean = new Laboratory(folder, yaml.formatted(gpt2, "{mean: {of: default}}"))) {
            ExecutionPlan means = PlanOptimizer.optimize(mean.plan()).plan();
            long values = means.steps().stream()
                    .filter(Summarise.class::isInstance)
                    .map(Summarise.class::cast)
                    .mapToLong(step -> {
                        Forward run = means.forward(step.forward());
                        return Float.BYTES
                                * (long) run.model().shape().dMlp()
                                * run.rows().longest();
                    })
                    .sum();
            assertThat(values).isPositive();
            long without = Packing.size(means)
                    + HeapNeed.of(PlanOptimizer.optimize(zero.plan()).plan(), zero::rows)
                            .sent()
                    - Packing.size(PlanOptimizer.optimize(zero.plan()).plan());
            assertThat((double) (HeapNeed.of(means, mean::rows).sent() - without) / values)
                    .isBetween(1.0, 1.05);
        }
    }

    private static HeapNeed need(long sent, long most) {
        return new HeapNeed(List.of(), List.of(), sent, 1000 * most, most);
    }

    /** 200 MiB for Spark, five times what is sent, six times what a shard gives for each task: 200 + 250 + 2 x 60. */
    @Test
    void aHeapThatIsTooSmallIsRefused() {
        HeapNeed need = need(50 * MIB, 10 * MIB);
        assertThatCode(() -> need.check(new ExecutorSize(2, 570 * MIB, 0))).doesNotThrowAnyException();
        assertThatThrownBy(() -> need.check(new ExecutorSize(2, 570 * MIB - 1, 0)))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("with 2 tasks at once")
                .hasMessageContaining("an executor has")
                .hasMessageContaining("LOUPE_JAVA_OPTS=-Dspark.executor.memory=1g");
    }

    @Test
    void theHeapOfThisProcessCountsWhereTasksRunInIt() {
        assertThatThrownBy(() -> need(MIB, 900 * MIB).check(new ExecutorSize(1000, 0, 0)))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("this process has")
                .hasMessageContaining("LOUPE_JAVA_OPTS=-Xmx");
    }

    @Test
    void moreThanAMessageHoldsIsRefusedWhateverTheHeap() {
        ExecutorSize large = new ExecutorSize(1, 1L << 50, 0);
        assertThatThrownBy(() -> need(1L << 31, 1).check(large))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("split the datasets");
        assertThatThrownBy(() -> need(1, 1L << 31).check(large))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("come back in one answer");
    }
}
