package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.loupe.cli.terminal.SignalsHere;
import dev.loupe.resolve.Specs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes: killed, interrupted, out of room. What they leave is whole, and the next run ends as if nothing was. */
class KilledRunTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path folder;

    @BeforeEach
    void aSpecOfManyPasses() throws IOException {
        assumeFalse(File.separatorChar == '\\', "signals are sent with kill");
        StringBuilder spec = new StringBuilder("loupe: 1\nmodel: {plant: heads}\ndataset:\n");
        for (int i = 0; i < 3; i++) {
            spec.append("  d%d: {generator: repeated-tokens, period: 4..9, length: 30, rows: %d, seed: %d}\n"
                    .formatted(i, i == 0 ? 8 : 400, i));
        }
        spec.append("intervention: {ablate: attn.z, over: [layer, head], with: {mean: {of: d2}}}\nmetric: loss\n");
        spec.append("measure:\n");
        for (int i = 0; i < 3; i++) {
            spec.append("  m%d: {apply: default, read: default, dataset: d%d, interval: {resamples: 100}}\n"
                    .formatted(i, i));
            spec.append(
                    "  h%d: {head-scores: [IND, PREV], dataset: d%d, interval: {resamples: 100}}\n".formatted(i, i));
        }
        Files.writeString(folder.resolve("spec.yaml"), spec);
    }

    private List<String> command(String out, String... more) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dloupe.home=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.loupe.cli.Main",
                "run",
                folder.resolve("spec.yaml").toString(),
                "--out",
                folder.resolve(out).toString(),
                "--device",
                "cpu"));
        words.addAll(List.of(more));
        return words;
    }

    private static Process start(List<String> words) throws IOException {
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int end(Process process) throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private List<Path> files(String below, String suffix) throws IOException {
        Path start = folder.resolve(below);
        if (!Files.exists(start)) {
            return List.of();
        }
        try (Stream<Path> tree = Files.walk(start)) {
            return tree.filter(f -> f.toString().endsWith(suffix)).toList();
        } catch (java.io.UncheckedIOException e) {
            // A file went away while we looked.
            return List.of();
        }
    }

    private void untilSomethingIsStored(String out, Process process) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> {
            assertThat(process.isAlive()).as("still running").isTrue();
            return !files(out, ".safetensors").isEmpty();
        });
    }

    @Test
    void aKilledRunEndsWithTheBytesOfAnUndisturbedOne() throws Exception {
        assertThat(end(start(command("whole")))).isZero();
        byte[] whole = Files.readAllBytes(folder.resolve("whole/spec/results.safetensors"));

        Process killed = start(command("again"));
        untilSomethingIsStored("again", killed);
        killed.destroyForcibly();
        end(killed);
        assertThat(folder.resolve("again/spec/results.json")).doesNotExist();
        List<Path> kept = files("again", ".safetensors");
        assertThat(kept).isNotEmpty();

        assertThat(end(start(command("again")))).isZero();
        assertThat(Files.readAllBytes(folder.resolve("again/spec/results.safetensors")))
                .isEqualTo(whole);
        // The values of finished steps stay, what only an unfinished run needs goes.
        assertThat(files("again/.spec.work", "")).anyMatch(Files::isRegularFile);
        assertThat(files("again/.spec.work", "")).noneMatch(f -> f.endsWith("parts") || f.endsWith("within"));

        // The same identity again: found, not computed; --fresh computes, to the same bytes.
        Path json = folder.resolve("again/spec/results.json");
        String before = Files.readString(json);
        assertThat(end(start(command("again")))).isZero();
        assertThat(Files.readString(json)).isEqualTo(before);
        assertThat(end(start(command("again", "--fresh")))).isZero();
        assertThat(Files.readString(json)).isNotEqualTo(before);
        assertThat(Files.readAllBytes(folder.resolve("again/spec/results.safetensors")))
                .isEqualTo(whole);
    }

    /** One sweep is one step: its finished shards are kept while it runs. */
    @Test
    void aSweepIsTakenUpInTheMiddle() throws Exception {
        Files.writeString(folder.resolve("spec.yaml"), """
                loupe: 1
                model: {plant: heads}
                dataset: {generator: repeated-tokens, period: 4..9, length: 30, rows: 6000, seed: 3}
                intervention: {ablate: attn.z, over: [layer, head], with: zero}
                metric: loss
                measure: {m: {apply: default, read: default, interval: {resamples: 100}}}
                """);
        assertThat(end(start(command("whole")))).isZero();
        byte[] whole = Files.readAllBytes(folder.resolve("whole/spec/results.safetensors"));

        Process killed = start(command("again"));
        untilSomethingIsStored("again", killed);
        killed.destroyForcibly();
        end(killed);
        assertThat(files("again/.spec.work", ".safetensors"))
                .isNotEmpty()
                .allMatch(f -> f.getParent().endsWith("parts"));

        assertThat(end(start(command("again")))).isZero();
        assertThat(Files.readAllBytes(folder.resolve("again/spec/results.safetensors")))
                .isEqualTo(whole);
        assertThat(files("again/.spec.work", "")).noneMatch(f -> f.endsWith("parts"));
    }

    /** One step that asks for many small plans keeps what each of them gave. */
    @Test
    void pruningIsTakenUpInTheMiddle() throws Exception {
        List<String> ids = new ArrayList<>();
        List<String> corrupted = new ArrayList<>();
        for (int row = 0; row < 200; row++) {
            ids.add("[1, %d, %d, 5]".formatted(row % 7, row % 11));
            corrupted.add("[2, %d, %d, 5]".formatted(row % 5, row % 13));
        }
        String answers = "[1" + ", 1".repeat(199) + "]";
        Files.writeString(folder.resolve("spec.yaml"), """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, ids: %s, corrupted: %s, answer: %s, wrong: %s}
                metric: logit-difference
                measure: {c: {prune-edges: 0.02, interval: {resamples: 100}}}
                """.formatted(
                        Specs.HOME.resolve("tests/src/test/resources/parity/gpt2"),
                        ids,
                        corrupted,
                        answers,
                        answers.replace('1', '3')));
        assertThat(end(start(command("whole")))).isZero();
        byte[] whole = Files.readAllBytes(folder.resolve("whole/spec/results.safetensors"));

        Process killed = start(command("again"));
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> {
            assertThat(killed.isAlive()).as("still running").isTrue();
            return files("again", ".safetensors").size() >= 5;
        });
        killed.destroyForcibly();
        end(killed);
        assertThat(folder.resolve("again/spec/results.json")).doesNotExist();
        assertThat(files("again", ".safetensors")).hasSizeGreaterThanOrEqualTo(5);

        assertThat(end(start(command("again")))).isZero();
        assertThat(Files.readAllBytes(folder.resolve("again/spec/results.safetensors")))
                .isEqualTo(whole);
    }

    @Test
    void interruptedItEndsWith130() throws Exception {
        SignalsHere.assumeControlCIsHeard();
        // So many rows that it is still at work when the signal comes.
        Process run = start(command("int", "--set", "dataset.d1.rows=8000", "--set", "dataset.d2.rows=8000"));
        untilSomethingIsStored("int", run);
        new ProcessBuilder("kill", "-INT", Long.toString(run.pid())).start().waitFor();
        assertThat(end(run)).isEqualTo(130);
        assertThat(folder.resolve("int/spec/results.json")).doesNotExist();
    }

    @Test
    void withoutRoomItEndsWith3AndLeavesNothingHalfWritten() throws Exception {
        List<String> words = new ArrayList<>(List.of("sh", "-c", "ulimit -f 4; exec \"$@\"", "sh"));
        words.addAll(command("full"));
        Process run = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(run.getInputStream().readAllBytes());
        assertThat(end(run)).as(said).isEqualTo(3);
        assertThat(said).contains("The disk is full");
        assertThat(folder.resolve("full/spec/results.json")).doesNotExist();
        for (Path file : files("full", ".safetensors")) {
            dev.loupe.tensors.SafetensorsFile.open(file);
        }
    }
}
