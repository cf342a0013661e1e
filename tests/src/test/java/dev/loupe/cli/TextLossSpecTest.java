package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.model.ModelsAtHand;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped spec, with the published sample beside it as its comment says, gives the figure of the model's card. */
class TextLossSpecTest {
    @TempDir
    Path folder;

    @Test
    void theSampleCostsWhatTheModelsCardSays() throws IOException {
        Path model = ModelsAtHand.folder("stories260k");
        Path sample = ModelsAtHand.beside(model, "data/tinystories-sample.txt");
        Files.copy(sample, folder.resolve("tinystories-sample.txt"));
        Path shipped = Path.of(System.getProperty("loupe.home"), "experiments/models/text-loss.yaml");
        Path spec = Files.copy(shipped, folder.resolve("text-loss.yaml"));
        String set = Files.readString(shipped)
                .lines()
                .filter(line -> line.contains("--set '"))
                .map(line -> line.substring(line.indexOf('\'') + 1, line.lastIndexOf('\'')))
                .findFirst()
                .orElseThrow();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WatchedOutput sink = new WatchedOutput(out);
        Terminal terminal = new Terminal(
                new PrintStream(sink, false, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                sink,
                false,
                false,
                false,
                100);
        Path models = Objects.requireNonNull(model.toAbsolutePath().getParent());
        Session session =
                new Session(terminal, Progress.silent(), new StopSignal(), Map.of("LOUPE_MODELS", models.toString()));
        ExitCode exit = new Main(session, Commands.all())
                .run(List.of(
                        "run",
                        spec.toString(),
                        "--device",
                        "cpu",
                        "--set",
                        set,
                        "--set",
                        "measure.loss.null.shuffled-tokens.times=2",
                        "--out",
                        folder.resolve("runs").toString()));
        // Lines are wrapped at the terminal's width.
        String said = out.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
        assertThat(exit).as(said).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(said).contains("6.24 nats: 1.295 [");
    }
}
