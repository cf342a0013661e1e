package dev.loupe.execute;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.execute.keep.ValueStore;
import dev.loupe.execute.keep.WorkFolder;
import dev.loupe.execute.send.Packing;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.result.sample.Resampling;
import dev.loupe.result.sample.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shards that other machines make, lost, doubled and in any order, give the bytes of one process. */
class WorkElsewhereTest {
    private static final String[] MODELS = {"gpt2", "llama", "untrained", "planted", "gemma2", "qwen3"};

    private static final Resampling RESAMPLING = new Resampling(100, .95, 1);

    @TempDir
    Path folder;

    @Test
    void randomPlansEndWithTheSameBits() throws Exception {
        int tasks = 0;
        for (int seed = 0; seed < 12; seed++) {
            String yaml = new DrawnSpec(new Random(seed), MODELS).spec();
            Path own = Files.createDirectories(folder.resolve("spec" + seed));
            try (Laboratory lab = new Laboratory(own, yaml);
                    LosingCluster cluster = new LosingCluster(own, seed, 0.3)) {
                ExecutionPlan plan = PlanOptimizer.optimize(lab.plan()).plan();
                Map<String, StepValue> here = lab.run(plan);
                Map<String, StepValue> there = lab.run(plan, new WorkFolder(own.resolve("kept")), cluster);
                same(yaml, here, there);
                tasks += cluster.tasks;
            }
        }
        assertThat(tasks).as("tasks that the cluster did").isGreaterThan(100);
    }

    /** Gradients, a pruning that is one task, weights alone, activations of neurons and what reads a model for them. */
    @Test
    void everyKindOfWorkEndsWithTheSameBits() {
        String yaml = """
                loupe: 1
                model: {folder: "%s"}
                dataset:
                  one: {generator: repeated-tokens, period: 3..5, length: 14, rows: 60, seed: 3}
                  pairs: {generator: tokens, ids: [[1, 2, 3, 4], [2, 3, 4, 5]], corrupted: [[9, 2, 3, 4], [8, 3, 4, 5]], answer: [5, 6], wrong: [7, 8]}
                intervention:
                  mean: {ablate: attn.z, over: [layer, head], with: {mean: {of: one}}}
                metric: {loss: loss, difference: logit-difference}
                measure:
                  swept: {apply: mean, read: loss, dataset: one}
                  scores: {head-scores: [IND, PREV], dataset: one}
                  screen: {attribution-patching: attn.z, over: [layer, head], read: difference, dataset: pairs, recheck: 3}
                  circuit: {prune-edges: 0.02, read: difference, dataset: pairs}
                  copying: {copying: [top-k, eigenvalue]}
                """.formatted(Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity/gpt2"));
        try (Laboratory lab = new Laboratory(folder, yaml);
                LosingCluster cluster = new LosingCluster(folder, 5, 0.3)) {
            ExecutionPlan plan = PlanOptimizer.optimize(lab.plan()).plan();
            same(yaml, lab.run(plan), lab.run(plan, ValueStore.none(), cluster));
        }
    }

    private static void same(String what, Map<String, StepValue> here, Map<String, StepValue> there) {
        assertThat(there.keySet()).as(what).isEqualTo(here.keySet());
        here.forEach((name, value) -> {
            StepValue other = requireNonNull(there.get(name));
            if (value instanceof StepValue.Sampled sampled) {
                // Not every sample is data: what was made of several values is compared by its numbers.
                Sample sample = ((StepValue.Sampled) other).sample();
                assertThat(sample.estimate()).as("%s of%n%s", name, what).isEqualTo(sampled.estimate());
                assertThat(sample.replicate(RESAMPLING, 3))
                        .as("%s of%n%s", name, what)
                        .isEqualTo(sampled.sample().replicate(RESAMPLING, 3));
            } else {
                assertThat(Packing.of(other)).as("%s of%n%s", name, what).isEqualTo(Packing.of(value));
            }
        });
    }
}
