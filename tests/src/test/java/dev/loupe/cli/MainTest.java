package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.CommandEntry;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.failure.CancelledException;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.UserInputException;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final List<String> made = new ArrayList<>();

    /** A command that ends as told. */
    @Command
    static final class Ending implements Callable<ExitCode> {
        private final Callable<ExitCode> work;

        @Option(names = "--times")
        int times;

        Ending(Callable<ExitCode> work) {
            this.work = work;
        }

        @Override
        public ExitCode call() throws Exception {
            return work.call();
        }
    }

    private ExitCode run(Callable<ExitCode> work, OutputStream target, String... words) {
        WatchedOutput sink = new WatchedOutput(target);
        Terminal terminal = new Terminal(
                new PrintStream(sink, false, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                sink,
                false,
                false,
                false,
                100);
        List<CommandEntry> entries = List.of(
                new CommandEntry("run", "Runs it.", session -> {
                    made.add("run");
                    return new Ending(work);
                }),
                new CommandEntry("heavy", "Weighs a lot.", session -> {
                    made.add("heavy");
                    return new Ending(work);
                }));
        Session session = new Session(terminal, Progress.silent(), new StopSignal(), Map.of());
        return new Main(session, entries).run(List.of(words));
    }

    private ExitCode run(Callable<ExitCode> work, String... words) {
        return run(work, out, words);
    }

    @ParameterizedTest
    @MethodSource
    void everyErrorHasItsOwner(Exception error, ExitCode expected, String sentence) {
        ExitCode exit = run(
                () -> {
                    throw error;
                },
                "run");

        assertThat(exit).isEqualTo(expected);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(sentence).doesNotContain("\tat ");
    }

    static Stream<Arguments> everyErrorHasItsOwner() {
        return Stream.of(
                Arguments.of(
                        new UserInputException("a.yaml:3:5 error[unknown-key] no key 'modle'"),
                        ExitCode.INPUT_WRONG,
                        "a.yaml:3:5 error[unknown-key]"),
                Arguments.of(
                        new NoSuchFileException("missing.yaml"), ExitCode.INPUT_WRONG, "No such file: missing.yaml"),
                Arguments.of(
                        new EnvironmentException("Weights of gpt2-small are not here."),
                        ExitCode.SURROUNDINGS_FAIL,
                        "Weights of gpt2-small"),
                Arguments.of(
                        new UncheckedIOException(new FileSystemException("r.json", null, "No space left on device")),
                        ExitCode.SURROUNDINGS_FAIL,
                        "The disk is full: r.json"),
                Arguments.of(new IOException("File too large"), ExitCode.SURROUNDINGS_FAIL, "The disk is full"),
                Arguments.of(new CancelledException(), ExitCode.INTERRUPTED, "Interrupted"),
                Arguments.of(new InterruptedIOException(), ExitCode.INTERRUPTED, "Interrupted"),
                Arguments.of(new SocketTimeoutException("no answer"), ExitCode.SURROUNDINGS_FAIL, "no answer"),
                Arguments.of(new IllegalStateException("axis lost"), ExitCode.OUR_FAULT, "Please report it with"));
    }

    @Test
    void placesOfProblemsBeginTheLine() {
        run(
                () -> {
                    throw new UserInputException("a.yaml:3:5 error[unknown-key] no key 'modle'");
                },
                "run");

        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("a.yaml:3:5 ");
    }

    @Test
    void anErrorOfTheJvmIsOursToo() {
        ExitCode exit = run(
                () -> {
                    throw new NoClassDefFoundError("gone");
                },
                "run");

        assertThat(exit).isEqualTo(ExitCode.OUR_FAULT);
    }

    @Test
    void debugShowsTheTrace() {
        ExitCode exit = run(
                () -> {
                    throw new IllegalStateException("axis lost");
                },
                "run",
                "--debug");

        assertThat(exit).isEqualTo(ExitCode.OUR_FAULT);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("\tat ");
    }

    @Test
    void aRefutedClaimIsTheCommandsAnswer() {
        assertThat(run(() -> ExitCode.CLAIM_REFUTED, "run")).isEqualTo(ExitCode.CLAIM_REFUTED);
        assertThat(run(() -> ExitCode.CLAIMS_HOLD, "run")).isEqualTo(ExitCode.CLAIMS_HOLD);
    }

    @Test
    void wordsNotUnderstoodAreTheUsers() {
        assertThat(run(() -> ExitCode.CLAIMS_HOLD, "rnu")).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Did you mean 'run'?");
        assertThat(run(() -> ExitCode.CLAIMS_HOLD)).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(run(() -> ExitCode.CLAIMS_HOLD, "run", "--times", "often")).isEqualTo(ExitCode.INPUT_WRONG);
    }

    @Test
    void anUnknownCommandShowsTheList() {
        assertThat(run(() -> ExitCode.CLAIMS_HOLD, "compare", "--help")).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("there is no command `compare`", "  run        Runs it.", "  heavy      Weighs a lot.");
        assertThat(out.size()).isZero();
        err.reset();
        assertThat(run(() -> ExitCode.CLAIMS_HOLD)).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("name a command", "  run        Runs it.");
    }

    @Test
    void helpListsAllAndMakesNone() {
        assertThat(run(() -> ExitCode.CLAIM_REFUTED, "--help")).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("Runs it.", "Weighs a lot.")
                .containsPattern("4 +done; no claim is refuted, but one is undecided");
        assertThat(made).isEmpty();

        run(() -> ExitCode.CLAIMS_HOLD, "run");
        assertThat(made).containsExactly("run");
    }

    @Test
    void aFullDiskBehindStandardOutputIsNotLost() {
        assertThat(run(() -> ExitCode.CLAIMS_HOLD, refusing("No space left on device"), "--help"))
                .isEqualTo(ExitCode.SURROUNDINGS_FAIL);
    }

    @Test
    void aReaderThatWentAwayIsNoFailure() {
        assertThat(run(() -> ExitCode.CLAIMS_HOLD, refusing("Broken pipe"), "--help"))
                .isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(err.size()).isZero();
    }

    private static OutputStream refusing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }
}
