package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A researcher's own model: a card in a folder of theirs, trained when a run first needs it. */
class OwnModelTest {
    private static final String CARD = """
            card: trained
            title: a model for this test
            architecture:
              transformer: {n_layers: 1, d_model: 8, n_heads: 2, n_ctx: 8, d_vocab: 9, attn_only: true}
            recipe:
              data: {generator: repeated-tokens, period: 3..4, length: 8}
              batch: 4
              steps: 40
              optimizer: {kind: sgd, learning-rate: 0.1, momentum: 0.9}
              checkpoints: {at: [0, 20]}
              seeds: [5]
            """;
    private static final String SPEC = """
            loupe: 1
            model: {path: {card: own, checkpoints: CHECKPOINTS}, seeds: {card: own, seeds: SEEDS}}
            dataset: {generator: repeated-tokens, period: 3..4, length: 8, rows: 8, seed: 1}
            metric: loss
            measure:
              path: {evaluate: default, model: path}
              seeds: {evaluate: default, model: seeds}
            """;

    @TempDir
    Path folder;

    private String said = "";

    private ExitCode loupe(String command, String checkpoints, String seeds) throws IOException {
        Files.createDirectories(folder.resolve("models/own"));
        Files.writeString(folder.resolve("models/own/card.yaml"), CARD);
        Path spec = Files.writeString(
                folder.resolve("spec.yaml"),
                SPEC.replace("CHECKPOINTS", checkpoints).replace("SEEDS", seeds));
        List<String> line = new ArrayList<>(List.of(command, spec.toString()));
        if (command.equals("run")) {
            line.addAll(
                    List.of("--device", "cpu", "--out", folder.resolve("runs").toString()));
        }
        return loupe(line.toArray(String[]::new));
    }

    private ExitCode loupe(String... line) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WatchedOutput sink = new WatchedOutput(out);
        PrintStream print = new PrintStream(sink, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(print, print, sink, false, false, false, 100);
        Map<String, String> environment = Map.of(
                "LOUPE_CACHE", folder.resolve("cache").toString(),
                "LOUPE_MODELS", folder.resolve("models").toString());
        ExitCode exit = new Main(
                        new Session(terminal, Progress.silent(), new StopSignal(), environment), Commands.all())
                .run(List.of(line));
        said = out.toString(StandardCharsets.UTF_8);
        return exit;
    }

    @Test
    void itsCheckpointsAndSeedsAreTrainedOnceAndMeasuredSideBySide() throws IOException {
        assertThat(loupe("run", "[0, 20..40]", "[5, 6]")).as(said).isEqualTo(ExitCode.CLAIMS_HOLD);
        JsonNode results = new ObjectMapper()
                .readTree(folder.resolve("runs/spec/results.json").toFile());
        assertThat(results.toString()).contains("own seed 5 step 0", "own seed 5 step 20", "own seed 6");
        try (var files = Files.list(folder.resolve("cache/own"))) {
            // Steps 0, 20 and 40 of two seeds.
            assertThat(files).hasSize(6);
        }
    }

    @Test
    void oneBrokenCardHidesNoOtherModel() throws IOException {
        Files.createDirectories(folder.resolve("models/broken"));
        Files.writeString(folder.resolve("models/broken/card.yaml"), "card: trained\ntitel: oops\n");
        loupe("validate", "0", "5");
        Files.writeString(folder.resolve("models/own/card.yaml"), CARD);
        assertThat(loupe("list")).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(said).contains("a model for this test", "its card has an error", "Datasets (generator: ...)");
    }

    @Test
    void trainFindsItWhereRunDoes() throws IOException {
        loupe("validate", "0", "5");
        assertThat(loupe("train", "own", "--out", folder.resolve("made").toString()))
                .as(said)
                .isEqualTo(ExitCode.CLAIMS_HOLD);
        try (var files = Files.list(folder.resolve("made/own"))) {
            assertThat(files).hasSize(3);
        }
        assertThat(loupe("train", "owm")).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said).contains("did you mean own?");
        assertThat(loupe("trace", "own")).isEqualTo(ExitCode.INPUT_WRONG);
    }

    @Test
    void specsOfOneNameDoNotOverwriteEachOther() throws IOException {
        loupe("validate", "0", "5");
        Path other = Files.createDirectories(folder.resolve("sub"));
        Files.copy(folder.resolve("spec.yaml"), other.resolve("spec.yaml"));
        assertThat(loupe(
                        "run",
                        folder.resolve("spec.yaml").toString(),
                        other.resolve("spec.yaml").toString(),
                        "--out",
                        folder.resolve("runs").toString()))
                .isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said).contains("2 specs would be written to");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    void whatItHasNotIsTold() throws IOException {
        assertThat(loupe("validate", "[0, 30]", "5")).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said).contains("`own` has no checkpoint 30; did you mean 20 or 40? There are 3: 0, 20, 40");
    }
}
