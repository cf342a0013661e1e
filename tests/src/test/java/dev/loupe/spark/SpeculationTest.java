package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loupe.resolve.Specs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark makes a copy of a task whose executor is slow, takes the answer that comes first and interrupts the other copy. What is kept
 * is whole all the same, and the results have the bytes of one process.
 */
class SpeculationTest {
    /** A copy is made soon: after half of the tasks, once one takes a tenth longer than usual. */
    private static final List<String> SOON = List.of(
            "-Dspark.speculation=true",
            "-Dspark.speculation.interval=50ms",
            "-Dspark.speculation.quantile=0.25",
            "-Dspark.speculation.multiplier=1.1",
            "-Dspark.speculation.minTaskRuntime=50ms");

    private static final Pattern COPY = Pattern.compile("Running task \\d+\\.[1-9]\\d* in stage");

    @TempDir
    Path folder;

    @Test
    void copiesOfTasksOfASlowExecutor() throws Exception {
        assumeTrue(
                System.getProperty("os.name").equals("Linux"),
                "skipped: two hosts on one machine need 127.0.0.2, and processes are stopped by signals");
        try (Drivers drivers = new Drivers(folder);
                LoopbackCluster cluster = new LoopbackCluster(Files.createDirectories(folder.resolve("cluster")))) {
            Process slow = cluster.worker("slow", "127.0.0.2", Map.of());
            cluster.worker("quick", Map.of());
            Path spec = Files.writeString(folder.resolve("sweep.yaml"), """
                    loupe: 1
                    model: induction-2l
                    dataset: {generator: repeated-tokens, period: 5..12, length: 32, offset: random, bos: 31, rows: 6000, seed: 41}
                    intervention: {ablate: attn.z, over: [layer, head], with: {mean: {of: default}}}
                    metric: loss
                    measure:
                      swept: {apply: default, read: default, interval: {resamples: 100}}
                      scores: {head-scores: [IND], interval: {resamples: 100}}
                    """);
            String models = Specs.HOME.resolve("models").toString();
            drivers.endsWell(drivers.run(spec, "whole", "--models", models), "whole");

            Process onCluster =
                    drivers.run(spec, "copied", SOON, "--models", models, "--on", cluster.address());
            drivers.untilSomeAreKept(onCluster, "copied");
            slowly(slow, onCluster);
            drivers.endsWell(onCluster, "copied");

            assertThat(drivers.results("copied", "sweep")).isEqualTo(drivers.results("whole", "sweep"));
            Files.writeString(Path.of("/work/fast/tmp-cluster/spec.log"), cluster.logs());
            assertThat(COPY.matcher(cluster.logs()).find())
                    .as("an executor was given the copy of a task")
                    .isTrue();
        }
    }

    /** Lets the executors of a worker run for a fifth of the time, until a process ends. */
    private static void slowly(Process worker, Process until) throws Exception {
        List<ProcessHandle> executors = LoopbackCluster.executors(worker);
        assertThat(executors).as("executors that are slow").isNotEmpty();
        boolean ended = false;
        while (!ended) {
            signal("-STOP", executors);
            ended = until.waitFor(800, TimeUnit.MILLISECONDS);
            signal("-CONT", executors);
            ended = ended || until.waitFor(200, TimeUnit.MILLISECONDS);
        }
    }

    private static void signal(String which, List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            new ProcessBuilder("kill", which, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
        }
    }
}
