package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.loupe.resolve.Specs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real cluster: a master, workers and executors as processes on the loopback interface. Runs on it end with the bytes of one
 * process, whoever is killed, and what an executor lacks is told with its name.
 */
class SparkClusterTest {
    private static final String TOKEN = "hf_NobodyMayReadThisToken";
    private static final Path GPT2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");

    private static final List<Process> DRIVERS = new ArrayList<>();

    @TempDir
    static Path folder;

    private static LoopbackCluster cluster;
    private static Process first;

    @BeforeAll
    static void twoWorkers() throws IOException {
        assumeFalse(File.separatorChar == '\\', "processes are killed by signals");
        cluster = new LoopbackCluster(Files.createDirectories(folder.resolve("cluster")));
        first = cluster.worker("first", Map.of());
        cluster.worker("second", Map.of());
    }

    @AfterAll
    static void noneIsLeft() {
        DRIVERS.forEach(Process::destroyForcibly);
        if (cluster != null) {
            cluster.close();
        }
    }

    private static Process run(Path spec, String out, String... more) throws IOException {
        List<String> command = LoopbackCluster.java(
                "-Xmx512m",
                "-Dloupe.home=" + folder,
                "-Dspark.executor.memory=512m",
                "-Dspark.executor.extraClassPath=" + LoopbackCluster.classPath());
        command.addAll(List.of("dev.loupe.cli.Main", "run", spec.toString(), "--device", "cpu"));
        command.addAll(List.of("--models", folder.resolve("models").toString()));
        command.addAll(List.of("--out", folder.resolve(out).toString()));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(out + ".txt").toFile());
        builder.environment().put("HF_TOKEN", TOKEN);
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        builder.environment().put("LOUPE_CACHE", folder.resolve("cache-" + out).toString());
        Process driver = builder.start();
        DRIVERS.add(driver);
        return driver;
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(240, TimeUnit.SECONDS)).as("it ends").isTrue();
        return process.exitValue();
    }

    private static byte[] results(String out, String spec) throws IOException {
        return Files.readAllBytes(folder.resolve(out).resolve(spec).resolve("results.safetensors"));
    }

    private static List<Path> kept(String out) throws IOException {
        Path start = folder.resolve(out);
        if (!Files.exists(start)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(start)) {
            return tree.filter(f -> f.toString().endsWith(".safetensors")).toList();
        } catch (java.io.UncheckedIOException e) {
            // A file went away while we looked.
            return List.of();
        }
    }

    /** Two seeds that are trained first, and a sweep on each. */
    private static Path family() throws IOException {
        Path card = Files.createDirectories(folder.resolve("models/small")).resolve("card.yaml");
        String induction = Files.readString(Specs.HOME.resolve("models/induction-2l/card.yaml"));
        Files.writeString(
                card,
                induction
                        .replaceAll("(?m)^  steps: .*$", "  steps: 120")
                        .replaceAll("warmup: 100", "warmup: 20")
                        .replaceAll("(?m)^  seeds: .*$", "  seeds: [0, 1]")
                        .replaceAll("(?m)^  stop-when: .*$\n?", ""));
        return Files.writeString(folder.resolve("family.yaml"), """
                loupe: 1
                model: {card: small, seeds: [0, 1]}
                dataset: {generator: repeated-tokens, period: 5..12, length: 32, offset: random, bos: 31, rows: 3000, seed: 41}
                intervention: {ablate: attn.z, over: [layer, head], with: {mean: {of: default}}}
                metric: loss
                measure:
                  swept: {apply: default, read: default, interval: {resamples: 100}}
                  scores: {head-scores: [IND], interval: {resamples: 100}}
                """);
    }

    @Test
    void anExecutorAndTheDriverAreKilledInTheMiddle() throws Exception {
        Path spec = family();
        assertThat(end(run(spec, "whole")))
                .as(Files.readString(folder.resolve("whole.txt")))
                .isZero();

        Process onCluster = run(spec, "cluster-out", "--on", cluster.address());
        await().atMost(LoopbackCluster.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> {
                    assertThat(onCluster.isAlive()).as("still running").isTrue();
                    return !kept("cluster-out").isEmpty();
                });
        List<ProcessHandle> killed = LoopbackCluster.executors(first);
        assertThat(killed).as("executors of the first worker").isNotEmpty();
        killed.forEach(ProcessHandle::destroyForcibly);
        await().atMost(LoopbackCluster.PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> killed.stream().noneMatch(ProcessHandle::isAlive));
        onCluster.destroyForcibly();
        end(onCluster);
        assertThat(folder.resolve("cluster-out/family/results.json")).doesNotExist();

        int code = end(run(spec, "cluster-out", "--on", cluster.address()));
        assertThat(code).as(Files.readString(folder.resolve("cluster-out.txt"))).isZero();
        assertThat(results("cluster-out", "family")).isEqualTo(results("whole", "family"));
        assertThat(cluster.logs()).as("what the cluster wrote").isNotEmpty().doesNotContain(TOKEN);
    }

    @Test
    void brokenWeightsOfAnExecutorAreToldWithItsName() throws Exception {
        Path mine = folder.resolve("models/broken-gpt2");
        Path theirs = folder.resolve("theirs/broken-gpt2");
        for (Path copy : List.of(mine, theirs)) {
            Files.createDirectories(copy);
            for (String name : List.of("config.json", "model.safetensors")) {
                Files.copy(GPT2.resolve(name), copy.resolve(name));
            }
        }
        byte[] weights = Files.readAllBytes(theirs.resolve("model.safetensors"));
        weights[weights.length - 1] ^= 1;
        Files.write(theirs.resolve("model.safetensors"), weights);
        Path spec = Files.writeString(folder.resolve("broken.yaml"), """
                loupe: 1
                model: {folder: models/broken-gpt2}
                dataset: {generator: repeated-tokens, period: 3..5, length: 14, rows: 60, seed: 3}
                measure: {scores: {head-scores: [IND], interval: {resamples: 100}}}
                """);
        try (LoopbackCluster other = new LoopbackCluster(Files.createDirectories(folder.resolve("other")))) {
            other.worker(
                    "third", Map.of("LOUPE_MODELS", folder.resolve("theirs").toString()));
            int code = end(run(spec, "broken-out", "--on", other.address()));
            String said = Files.readString(folder.resolve("broken-out.txt"));
            assertThat(code).as(said).isEqualTo(3);
            assertThat(said)
                    .contains("executor 0 on 127.0.0.1", "theirs/broken-gpt2/model.safetensors", "is not the file");
        }
    }
}
