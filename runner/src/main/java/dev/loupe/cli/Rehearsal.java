package dev.loupe.cli;

import dev.loupe.cli.option.Home;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.report.ReportPage;
import dev.loupe.result.store.ResultStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs the light commands once, unseen, so that the launcher can keep the classes they load in an archive and later
 * starts are quick. It may fail without harm.
 */
final class Rehearsal {
    /** It has text, claims and tables. */
    private static final String PAGE = "6.36-shortest-contexts";

    private Rehearsal() {}

    public static void main(String[] args) {
        WatchedOutput nowhere = new WatchedOutput(OutputStream.nullOutputStream());
        PrintStream silence = new PrintStream(nowhere, false, StandardCharsets.UTF_8);
        Terminal unseen = new Terminal(silence, silence, nowhere, false, false, false, 100);
        Session session = new Session(unseen, Progress.silent(), new StopSignal(), Map.of());
        for (List<String> words : pieces()) {
            ExitCode unused = new Main(session, Commands.all()).run(words);
        }
        page();
    }

    /** A page of the gallery is drawn, and written nowhere. */
    private static void page() {
        try {
            String unused = new ReportPage()
                    .render(new ResultStore()
                            .read(Home.folder().resolve("reports").resolve(PAGE)));
        } catch (IOException | RuntimeException e) {
            // A release has no gallery: there the classes of a page are loaded one by one.
        }
    }

    private static List<List<String>> pieces() {
        List<List<String>> pieces = new ArrayList<>(
                List.of(List.of("--help"), List.of("list"), List.of("schema"), List.of("no-such-command")));
        // Together they need most of the classes that a user's own spec will need.
        for (Path spec : SpecFolder.shipped(Home.folder()).specs()) {
            pieces.add(List.of("validate", spec.toString()));
            pieces.add(List.of("explain", spec.toString()));
        }
        return pieces;
    }
}
