package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.loupe.resolve.Specs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real cluster: a master, workers and executors as processes on the loopback interface. Runs on it end with the bytes of one
 * process, whoever is killed, and what an executor lacks is told with its name.
 */
class SparkClusterTest {
    private static final Path GPT2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");

    @TempDir
    static Path folder;

    private static Drivers drivers;
    private static LoopbackCluster cluster;
    private static Process first;

    @BeforeAll
    static void twoWorkers() throws IOException {
        assumeFalse(File.separatorChar == '\\', "processes are killed by signals");
        drivers = new Drivers(folder);
        cluster = new LoopbackCluster(Files.createDirectories(folder.resolve("cluster")));
        first = cluster.worker("first", Map.of());
        cluster.worker("second", Map.of());
    }

    @AfterAll
    static void noneIsLeft() {
        if (cluster != null) {
            drivers.close();
            cluster.close();
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
        drivers.endsWell(drivers.run(spec, "whole"), "whole");

        Process onCluster = drivers.run(spec, "cluster-out", "--on", cluster.address());
        drivers.untilSomeAreKept(onCluster, "cluster-out");
        LoopbackCluster.killExecutors(first);
        onCluster.destroyForcibly();
        Drivers.end(onCluster);
        assertThat(folder.resolve("cluster-out/family/results.json")).doesNotExist();

        drivers.endsWell(drivers.run(spec, "cluster-out", "--on", cluster.address()), "cluster-out");
        assertThat(drivers.results("cluster-out", "family")).isEqualTo(drivers.results("whole", "family"));
        assertThat(cluster.logs()).as("what the cluster wrote").isNotEmpty().doesNotContain(Drivers.TOKEN);
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
            int code = Drivers.end(drivers.run(spec, "broken-out", "--on", other.address()));
            String said = drivers.said("broken-out");
            assertThat(code).as(said).isEqualTo(3);
            assertThat(said)
                    .contains("executor 0 on 127.0.0.1", "theirs/broken-gpt2/model.safetensors", "is not the file");
        }
    }
}
