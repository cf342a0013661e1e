package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Executors that end as soon as they start, which Spark starts again for ever: the run ends, and says how many ended and how. */
class DyingExecutorsTest {
    /** Less than the usual 10 of them, and the usual 30 seconds. */
    private static final List<String> SOON =
            List.of("-Dspark.executor.maxNumFailures=3", "-Dspark.scheduler.maxRegisteredResourcesWaitingTime=3s");

    @TempDir
    Path folder;

    private Drivers drivers;
    private LoopbackCluster cluster;
    private Path spec;

    @BeforeEach
    void aCluster() throws IOException {
        assumeFalse(File.separatorChar == '\\', "a cluster of processes is for systems with signals");
        drivers = new Drivers(folder);
        cluster = new LoopbackCluster(Files.createDirectories(folder.resolve("cluster")));
        spec = Files.writeString(folder.resolve("scores.yaml"), """
                loupe: 1
                model: {planted: {plant: heads, vocabulary: 16}}
                dataset: {generator: repeated-tokens, period: 4..7, length: 16, rows: 40, seed: 1}
                measure: {scores: {head-scores: [IND], dataset: default, interval: {resamples: 100}}}
                """);
    }

    @AfterEach
    void noneIsLeft() {
        if (cluster != null) {
            drivers.close();
            cluster.close();
        }
    }

    private Process run(String out, String... more) throws IOException {
        List<String> settings = new ArrayList<>(SOON);
        settings.addAll(List.of(more));
        return drivers.run(spec, out, settings, "--on", cluster.address());
    }

    private void ends(Process process, String out, String how) throws Exception {
        int code = Drivers.end(process);
        assertThat(code).as(drivers.said(out)).isEqualTo(3);
        assertThat(drivers.said(out))
                .containsPattern("\\d+ executors ended and nothing came back: .*" + how)
                .containsPattern("/\\d+/stderr")
                .contains("the same command goes on from there")
                .doesNotContain("\tat ");
    }

    @Test
    void aWorkerWhoseExecutorsAreKilledAsTheyStart() throws Exception {
        Process worker = cluster.worker("only", Map.of());
        Process driver = run("killed");
        while (!driver.waitFor(20, TimeUnit.MILLISECONDS)) {
            LoopbackCluster.executors(worker).forEach(ProcessHandle::destroyForcibly);
        }
        ends(driver, "killed", "killed by signal 9");
    }

    /** Its executors are never started, and the master gives the application up. */
    @Test
    void aWorkerWithoutJava() throws Exception {
        cluster.worker(
                "only", Map.of("JAVA_HOME", folder.resolve("no-java-here").toString()));
        int code = Drivers.end(run("javaless"));
        assertThat(code).as(drivers.said("javaless")).isEqualTo(3);
        assertThat(drivers.said("javaless"))
                .contains("The cluster ended the work", "the same command goes on from there")
                .containsPattern("without Java|no-java-here/bin/java could not be started")
                .doesNotContain("\tat ");
    }

    /** A Java that ends as it starts, after it has said which one it is, as one does with which Spark does not work. */
    @Test
    void aWorkerWithAnotherJava() throws Exception {
        Path java = Files.createDirectories(folder.resolve("other/bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                echo 'openjdk version "99.0.1" 2099-01-01' >&2
                echo 'Exception in thread "main" java.lang.UnsupportedOperationException: not in this Java' >&2
                sleep 0.3
                exit 1
                """);
        assertThat(java.toFile().setExecutable(true)).isTrue();
        cluster.worker("only", Map.of("JAVA_HOME", folder.resolve("other").toString()));
        Process driver = run("other-java");
        ends(driver, "other-java", "exit code 1");
        assertThat(drivers.said("other-java"))
                .contains("It ran " + java + ", which is Java 99.0.1, and executors need the Java of this machine, "
                        + System.getProperty("java.version"))
                .contains("UnsupportedOperationException: not in this Java");
    }

    /** Executors go on without their master; once they are gone too, nobody would ever start others. */
    @Test
    void aMasterThatIsKilledAndThenItsExecutors() throws Exception {
        Process worker = cluster.worker("only", Map.of());
        Path sweep = Files.writeString(folder.resolve("sweep.yaml"), """
                loupe: 1
                model: {planted: {plant: heads, vocabulary: 16}}
                dataset: {generator: repeated-tokens, period: 4..7, length: 16, rows: 4000, seed: 1}
                intervention: {ablate: attn.z, over: [layer, head, pos], with: zero}
                metric: loss
                measure: {swept: {apply: default, read: default, interval: {resamples: 100}}}
                """);
        Process driver = drivers.run(sweep, "orphan", SOON, "--on", cluster.address());
        drivers.untilSomeAreKept(driver, "orphan");
        cluster.killMaster();
        LoopbackCluster.killExecutors(worker);
        int code = Drivers.end(driver);
        assertThat(code).as(drivers.said("orphan")).isEqualTo(3);
        assertThat(drivers.said("orphan"))
                .contains("its master is gone and no executor is left", "the same command goes on from there")
                .doesNotContain("\tat ");
    }
}
