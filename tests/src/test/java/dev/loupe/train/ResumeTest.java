package dev.loupe.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import dev.loupe.model.card.CardFile;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training that is killed, not stopped, ends with the same bytes as one that was left alone. */
class ResumeTest {
    private static final String CARD = """
            card: trained
            title: a model for this test
            architecture:
              transformer: {n_layers: 1, d_model: 8, n_heads: 2, n_ctx: 8, d_vocab: 9, attn_only: true}
            recipe:
              data: {generator: repeated-tokens, period: 3..4, length: 8}
              batch: 4
              steps: STEPS
              optimizer: {kind: adamw, learning-rate: 1e-2}
              schedule: {warmup: 20, decay: cosine}
              clip: 1
              checkpoints: {at: [100]}
              seeds: [5, 6]
            """;

    @TempDir
    Path folder;

    /** The child's main: trains until it is killed. */
    public static final class Child {
        public static void main(String[] arguments) {
            train(Path.of(arguments[0]), Path.of(arguments[1]));
        }
    }

    @Test
    void aKilledTrainingGoesOnToTheSameBytes() throws IOException {
        Path card = Files.writeString(folder.resolve("card.yaml"), CARD.replace("STEPS", "400"));
        Path killed = folder.resolve("killed");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        card.toString(),
                        killed.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("child.log").toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(120))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> resumeFileExists(killed) || !child.isAlive());
        } finally {
            child.destroyForcibly();
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> !child.isAlive());
        WeightsFiles files = files(card, killed);
        assertThat(resumeFileExists(killed))
                .as(Files.readString(folder.resolve("child.log")))
                .isTrue();
        assertThat(files.last(5)).as("the child was killed before it ended").doesNotExist();

        train(card, killed);
        train(card, folder.resolve("alone"));
        for (long seed : List.of(5L, 6L)) {
            for (long step : List.of(100L, 400L)) {
                Path expected = files(card, folder.resolve("alone")).checkpoint(seed, step);
                assertThat(files.checkpoint(seed, step)).hasSameBinaryContentAs(expected);
            }
        }
        assertThat(resumeFileExists(killed)).isFalse();
    }

    @Test
    void weightsAreFoundByIdentityAndMadeAnewForAnotherRecipe() throws IOException {
        Path card = Files.writeString(folder.resolve("card.yaml"), CARD.replace("STEPS", "110"));
        try (NDManager manager = NDManager.newBaseManager()) {
            TrainedModels models = new TrainedModels(manager, Engine.getInstance()::newGradientCollector);
            Path cache = folder.resolve("cache");
            var first = models.ensure(CardFile.read(card), List.of(), cache, Progress.silent(), new StopSignal());
            assertThat(first.keySet()).containsExactly(5L, 6L);
            var again = models.ensure(CardFile.read(card), List.of(6L), cache, new NothingToDo(), new StopSignal());
            assertThat(again.get(6L).last(6)).isEqualTo(first.get(6L).last(6)).exists();

            Files.writeString(card, CARD.replace("STEPS", "111"));
            var changed = models.ensure(CardFile.read(card), List.of(6L), cache, Progress.silent(), new StopSignal());
            assertThat(changed.get(6L).last(6))
                    .isNotEqualTo(first.get(6L).last(6))
                    .exists();
        }
    }

    private static boolean resumeFileExists(Path models) throws IOException {
        if (!Files.isDirectory(models)) {
            return false;
        }
        try (var files = Files.list(models)) {
            return files.anyMatch(file -> {
                String name = file.getFileName().toString();
                return name.startsWith("resume-") && name.endsWith(".safetensors");
            });
        }
    }

    private static WeightsFiles files(Path card, Path out) {
        return new WeightsFiles(CardFile.read(card), out);
    }

    private static void train(Path card, Path out) {
        try (NDManager manager = NDManager.newBaseManager()) {
            WeightsFiles files = files(card, out);
            new TrainedModels(manager, Engine.getInstance()::newGradientCollector)
                    .train(files, files.card().recipe().seeds(), out, Progress.silent(), new StopSignal());
        }
    }

    /** Refuses any stage. */
    private static final class NothingToDo implements Progress {
        @Override
        public void stage(String name, long total) {
            throw new AssertionError("trained again");
        }

        @Override
        public void advance(long units) {}

        @Override
        public void note(String text) {}

        @Override
        public void done() {}
    }
}
