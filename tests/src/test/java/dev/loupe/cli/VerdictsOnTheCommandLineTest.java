package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The exit code of a run tells apart what holds (0), what is refuted (1) and what is only undecided (4). */
class VerdictsOnTheCommandLineTest {
    /** The loss varies from row to row, so an interval around its estimate reaches to both sides. */
    private static final String SPEC = """
            loupe: 1
            model: {plant: heads, vocabulary: 32, context: 32}
            dataset: {generator: repeated-tokens, period: 4..10, length: 24, offset: random, bos: 31, rows: 8, seed: 3}
            metric: loss
            measure: {l: {evaluate: default}}
            claims: [{say: It is lost, that: {ratio: [{value: l}, {value: l}]}, %s}, {say: It loses, that: {value: l}, %s}]
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private int run(String... limits) throws IOException {
        out.reset();
        List<String> words = new ArrayList<>(List.of(
                "run", "--device", "cpu", "--out", folder.resolve("runs").toString()));
        for (String limit : limits) {
            Path spec = folder.resolve("s" + words.size() + ".yaml");
            words.add(
                    Files.writeString(spec, SPEC.formatted("above: 0.5", limit)).toString());
        }
        WatchedOutput sink = new WatchedOutput(out);
        Terminal terminal = new Terminal(
                new PrintStream(sink, false, StandardCharsets.UTF_8),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                sink,
                false,
                false,
                false,
                100);
        Session session = new Session(terminal, Progress.silent(), new StopSignal(), Map.of());
        return new Main(session, Commands.all()).run(words).code();
    }

    private String estimate() throws IOException {
        assertThat(run("above: -1")).isZero();
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text).contains("  HOLDS      It loses: ");
        return text.replaceAll("(?s).*It loses: (\\S+) .*", "$1");
    }

    @Test
    void eachVerdictHasItsExitCode() throws IOException {
        String open = "above: " + estimate();
        assertThat(run("above: 1000")).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("  REFUTED    It loses: ");
        assertThat(run(open)).isEqualTo(4);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("  UNDECIDED  It loses: ", "  HOLDS      It is lost");
        assertThat(run(open, "above: 1000", "above: -1")).isEqualTo(1);
        assertThat(run("above: -1", open)).isEqualTo(4);
    }
}
