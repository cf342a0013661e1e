package dev.loupe.cli;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What one command line says on both streams, and how it ends. */
record Spoken(ExitCode exit, String out, String err) {
    static Spoken of(String... words) {
        return with(100, Map.of(), words);
    }

    static Spoken with(int columns, Map<String, String> environment, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        WatchedOutput sink = new WatchedOutput(out);
        Terminal terminal = new Terminal(
                new PrintStream(sink, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                sink,
                false,
                false,
                false,
                columns);
        Session session = new Session(terminal, Progress.silent(), new StopSignal(), environment);
        ExitCode exit = new Main(session, Commands.all()).run(List.of(words));
        return new Spoken(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
