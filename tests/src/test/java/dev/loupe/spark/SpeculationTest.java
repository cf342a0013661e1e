package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loupe.resolve.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark makes a copy of a task whose executor is slow, takes the answer that comes first and interrupts the other one. What is kept
 * is whole all the same, and the results have the bytes of one process.
 */
class SpeculationTest {
    /** A copy is made soon: after half of the tasks, once one takes a tenth longer than usual. */
    private static final List<String> SOON = List.of(
            "-Dspark.speculation=true",
            "-Dspark.speculation.interval=50ms",
            "-Dspark.speculation.quantile=0.25",
            "-Dspark.speculation.multiplier=1.1",
            "-Dspark.speculation.minTaskRuntime=50ms",
            "-Dspark.eventLog.enabled=true",
            "-Dspark.eventLog.compress=false",
            "-Dspark.eventLog.rolling.enabled=false");

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
                    dataset: {generator: repeated-tokens, period: 5..12, length: 32, offset: random, bos: 31, rows: 12000, seed: 41}
                    intervention: {ablate: attn.z, over: [layer, head], with: {mean: {of: default}}}
                    metric: loss
                    measure:
                      swept: {apply: default, read: default, interval: {resamples: 100}}
                      scores: {head-scores: [IND], interval: {resamples: 100}}
                    """);
            String models = Specs.HOME.resolve("models").toString();
            drivers.endsWell(drivers.run(spec, "whole", "--models", models), "whole");

            Path log = Files.createDirectories(folder.resolve("events"));
            List<String> settings = new ArrayList<>(SOON);
            settings.add("-Dspark.eventLog.dir=" + log.toUri());
            Process onCluster = drivers.run(spec, "copied", settings, "--models", models, "--on", cluster.address());
            drivers.untilSomeAreKept(onCluster, "copied");
            slowly(slow, onCluster);
            drivers.endsWell(onCluster, "copied");

            assertThat(drivers.results("copied", "sweep")).isEqualTo(drivers.results("whole", "sweep"));
            String events = events(log);
            assertThat(events.contains("\"Speculative\":true"))
                    .as("a copy was made")
                    .isTrue();
            assertThat(events.contains(Drivers.TOKEN))
                    .as("the token is in the log")
                    .isFalse();
        }
    }

    /** What Spark itself wrote down about the run. */
    private static String events(Path log) throws IOException {
        try (Stream<Path> files = Files.list(log)) {
            return Files.readString(files.filter(file -> !file.toString().endsWith(".crc"))
                    .findFirst()
                    .orElseThrow());
        }
    }

    /** Lets the executors of a worker run for a tenth of the time, until a process ends. */
    private static void slowly(Process worker, Process until) throws Exception {
        List<ProcessHandle> executors = LoopbackCluster.executors(worker);
        assertThat(executors).as("executors that are slow").isNotEmpty();
        boolean ended = false;
        while (!ended) {
            signal("-STOP", executors);
            ended = until.waitFor(3000, TimeUnit.MILLISECONDS);
            signal("-CONT", executors);
            ended = ended || until.waitFor(300, TimeUnit.MILLISECONDS);
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
