package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.model.ModelsAtHand;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.text.VisibleText;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class GenerateCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final StopSignal stop = new StopSignal();

    /** What went wrong; empty where nothing did. */
    private String run(String... more) {
        Path model = ModelsAtHand.folder("stories260k");
        WatchedOutput sink = new WatchedOutput(out);
        Terminal terminal = new Terminal(
                new PrintStream(sink, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                sink,
                false,
                false,
                false,
                100);
        Session session = new Session(terminal, Progress.silent(), stop, Map.of());
        List<String> words = new ArrayList<>(List.of(model.toString(), "Once upon a time"));
        words.addAll(List.of(more));
        String[] thrown = {""};
        new CommandLine(new GenerateCommand(session))
                .setExecutionExceptionHandler((e, line, result) -> {
                    thrown[0] = e.getClass().getSimpleName() + ": " + e.getMessage();
                    return 1;
                })
                .execute(words.toArray(String[]::new));
        return thrown[0];
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theContinuationGoesOutAndWhatWasReadIsShown() {
        assertThat(run("--tokens", "12")).isEmpty();
        assertThat(said()).isEqualTo(", there was a little girl named Lily. She" + System.lineSeparator());
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("greedy; 5 tokens read: <s>|·Once|·upon|·a|·time");
    }

    @Test
    void editsSeedsAndTheBeginOfTextChangeIt() {
        List<String> all = new ArrayList<>();
        for (String[] more : new String[][] {
            {"--tokens", "30"},
            {"--tokens", "30", "--bos", "false"},
            {"--tokens", "30", "--edit", "{ablate: attn.z, heads: [L0H0, L0H1, L0H2, L0H3]}"},
            {"--tokens", "30", "--temperature", "1", "--seed", "1"},
            {"--tokens", "30", "--temperature", "1", "--seed", "2"}
        }) {
            out.reset();
            assertThat(run(more)).isEmpty();
            all.add(said());
        }
        assertThat(all).doesNotHaveDuplicates();
        out.reset();
        run("--tokens", "30", "--temperature", "1", "--seed", "2");
        assertThat(said()).isEqualTo(all.get(4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--top-k 3 | UserInputException: --top-k, --top-p and --seed apply to sampling",
                "--tokens 0 | UserInputException: --tokens must be at least 1",
                "--temperature 1 --top-p 2 | UserInputException: top-p must be greater than 0",
                "--bos 99999 | UserInputException: --bos must be true, false or an id from 0 to 511",
                "--edit {ablate:1} | SpecException: --edit 1:1:2",
                "--edit {ablate:attn.z} | SpecException: --edit 1:1:1"
            })
    void whatIsWrongIsSaidBeforeWeightsLoad(String words, String said) {
        assertThat(run(words.split(" "))).startsWith(said);
        assertThat(said()).isEmpty();
    }

    @Test
    void aStopEndsIt() {
        stop.request();
        assertThat(run()).startsWith("CancelledException");
    }

    @Test
    void controlsOfATerminalAreShown() {
        assertThat(VisibleText.of("a\u001B[2Jb\u202Ec\n")).isEqualTo("a<U+001B>[2Jb<U+202E>c\n");
    }
}
