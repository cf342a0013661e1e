package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saves of a spec and of what it extends, each seen and answered; then Ctrl-C. */
class WatchCommandTest {
    private static final String BASE = """
            loupe: 1
            question: Are there planted induction heads?
            model: {plant: heads, vocabulary: 16, context: 32}
            measure: {s: {head-scores: [IND]}}
            claims: [{say: a head, that: {max: s.IND}, above: 0.5}]
            """;

    private static final String SPEC = """
            extends: base.yaml
            dataset: {generator: tokens, ids: [[1, 2, 3, 4, 1, 2, 3, 4]]}
            """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StopSignal stop = new StopSignal();

    @Test
    void eachSaveIsAnswered() throws Exception {
        Path base = Files.writeString(folder.resolve("base.yaml"), BASE);
        Path spec = Files.writeString(folder.resolve("spec.yaml"), SPEC);
        CompletableFuture<ExitCode> exit = CompletableFuture.supplyAsync(() -> watch(spec));
        waits(1);
        assertThat(said(out)).contains("HOLDS", "Report: ");

        Files.writeString(base, BASE.replace("0.5", "2"));
        waits(2);
        assertThat(said(out)).contains("REFUTED");

        Files.writeString(spec, SPEC.replace("ids", "idz"));
        waits(3);
        assertThat(said(err)).contains("spec.yaml:2:", "did you mean `ids`?");

        Files.writeString(base, BASE);
        Files.writeString(spec, SPEC);
        waits(4);
        assertThat(said(out).split("HOLDS", -1)).hasSizeGreaterThan(2);

        stop.request();
        assertThat(exit.get()).isEqualTo(ExitCode.INTERRUPTED);
    }

    @Test
    void aSpecThatIsNotThereIsNotWaitedFor() {
        assertThat(watch(folder.resolve("none.yaml"))).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(said(err)).contains("there is no spec");
    }

    /** Until the command has answered so many saves. */
    private void waits(int times) {
        await().atMost(Duration.ofMinutes(1))
                .until(() -> said(err).split("Waiting for the next save", -1).length > times);
    }

    private ExitCode watch(Path spec) {
        WatchedOutput sink = new WatchedOutput(out);
        Terminal terminal = new Terminal(
                new PrintStream(sink, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                sink,
                false,
                false,
                false,
                100);
        Session session = new Session(terminal, Progress.silent(), stop, Map.of());
        List<String> words = List.of(
                "watch", spec.toString(), "--out", folder.resolve("runs").toString());
        return new Main(session, Commands.all()).run(words);
    }

    private static String said(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
