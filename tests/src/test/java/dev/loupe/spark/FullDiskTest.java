package dev.loupe.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loupe.resolve.Specs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An executor whose disk is full, a real one: a file system in memory of 64 kB that its worker alone sees, and that does not see the
 * models of the machine which starts the run.
 */
class FullDiskTest {
    private static final Path GPT2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");

    @TempDir
    Path folder;

    private Drivers drivers;
    private LoopbackCluster cluster;
    private Path small;

    @BeforeEach
    void aWorkerWithASmallDisk() throws Exception {
        assumeTrue(mounts(), "skipped: needs Linux with name spaces of mounts (unshare)");
        drivers = new Drivers(folder);
        cluster = new LoopbackCluster(Files.createDirectories(folder.resolve("cluster")));
        small = Files.createDirectories(folder.resolve("small"));
        Path model = Files.createDirectories(folder.resolve("models/gpt2"));
        for (String name : List.of("config.json", "model.safetensors")) {
            Files.copy(GPT2.resolve(name), model.resolve(name));
        }
        cluster.worker(
                "full",
                Map.of("SPARK_LOCAL_DIRS", small.toString()),
                List.of(
                        "unshare",
                        "-rm",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=64k none " + small + " && mount -t tmpfs none "
                                + folder.resolve("models") + " && exec \"$@\"",
                        "sh"));
    }

    static boolean mounts() throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder("unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt")
                    .redirectErrorStream(true)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @AfterEach
    void noneIsLeft() {
        if (cluster != null) {
            drivers.close();
            cluster.close();
        }
    }

    private String ends(String spec, String out) throws Exception {
        Path file = Files.writeString(folder.resolve(out + ".yaml"), spec);
        int code = Drivers.end(drivers.run(file, out, "--on", cluster.address()));
        assertThat(code).as(drivers.said(out)).isEqualTo(3);
        return drivers.said(out);
    }

    @Test
    void weightsThatAreSentDoNotFit() throws Exception {
        assertThat(ends("""
                loupe: 1
                model: {folder: models/gpt2}
                dataset: {generator: repeated-tokens, period: 3..5, length: 14, rows: 60, seed: 3}
                measure: {scores: {head-scores: [IND], interval: {resamples: 100}}}
                """, "sent"))
                .contains("executor 0 on 127.0.0.1: its disk is full: " + small)
                .contains("/loupe/files/")
                .doesNotContain("\tat ");
    }

    @Test
    void weightsThatAreTrainedThereDoNotFit() throws Exception {
        Path card = Files.createDirectories(folder.resolve("models/small")).resolve("card.yaml");
        Files.writeString(
                card,
                Files.readString(Specs.HOME.resolve("models/induction-2l/card.yaml"))
                        .replaceAll("(?m)^  steps: .*$", "  steps: 5")
                        .replaceAll("warmup: 100", "warmup: 2")
                        .replaceAll("(?m)^  seeds: .*$", "  seeds: [0]")
                        .replaceAll("(?m)^  stop-when: .*$\n?", ""));
        assertThat(ends("""
                loupe: 1
                model: small
                dataset: {generator: repeated-tokens, period: 5..12, length: 32, offset: random, bos: 31, rows: 30, seed: 41}
                measure: {scores: {head-scores: [IND], interval: {resamples: 100}}}
                """, "trained"))
                .contains("executor 0 on 127.0.0.1: ", "cannot be written to " + small, "No space left on device")
                .doesNotContain("\tat ");
    }

    /** Its executors never start, and the master gives the application up, often while Spark still connects. */
    @Test
    void nothingCanBeMadeInTheFolderOfTheWorker() throws Exception {
        Path spec = Files.writeString(folder.resolve("folder.yaml"), """
                loupe: 1
                model: {folder: models/gpt2}
                dataset: {generator: repeated-tokens, period: 3..5, length: 14, rows: 60, seed: 3}
                measure: {scores: {head-scores: [IND], interval: {resamples: 100}}}
                """);
        Path start = Files.createDirectories(folder.resolve("without"));
        try (LoopbackCluster without = new LoopbackCluster(start)) {
            Path work = Files.createDirectories(start.resolve("work-none"));
            String mount = "mount -t tmpfs -o size=4k,nr_inodes=1 none " + work + " && exec \"$@\"";
            without.worker("none", Map.of(), List.of("unshare", "-rm", "sh", "-c", mount, "sh"));
            int code = Drivers.end(drivers.run(spec, "none", "--on", without.address()));
            assertThat(code).as(drivers.said("none")).isEqualTo(3);
            assertThat(drivers.said("none"))
                    .contains("The cluster ended the work", "with a full disk", "the same command goes on from there")
                    .doesNotContain("\tat ");
        }
    }
}
