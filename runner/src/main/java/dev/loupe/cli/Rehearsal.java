package dev.loupe.cli;

import dev.loupe.execute.Progress;
import dev.loupe.failure.StopSignal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Runs the light commands once, unseen, so that the launcher can keep the classes they load in an archive and later
 * starts are quick. It may fail without harm.
 */
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] args) {
        WatchedOutput nowhere = new WatchedOutput(OutputStream.nullOutputStream());
        PrintStream silence = new PrintStream(nowhere, false, StandardCharsets.UTF_8);
        Terminal unseen = new Terminal(silence, silence, nowhere, false, false, false, 100);
        Session session = new Session(unseen, Progress.silent(), new StopSignal(), Map.of());
        for (List<String> words : pieces()) {
            ExitCode unused = new Main(session, Commands.all()).run(words);
        }
    }

    private static List<List<String>> pieces() {
        return List.of(List.of("--help"), List.of("list"), List.of("schema"), List.of("no-such-command"));
    }
}
