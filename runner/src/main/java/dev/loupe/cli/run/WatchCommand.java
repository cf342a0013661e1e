package dev.loupe.cli.run;

import dev.loupe.cli.option.RunOptions;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.text.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code loupe watch FILE}: runs a spec again at each save, until Ctrl-C. */
@Command(
        name = "watch",
        description = "Run a spec, and again whenever it is saved, or a file that it extends or reads data from. "
                + "Problems are printed, and what did not change is not computed again. Ctrl-C ends it.")
public final class WatchCommand implements Callable<ExitCode> {
    private static final long PAUSE_MILLIS = 200;

    private final Session session;

    @Parameters(paramLabel = "FILE", description = "The spec.")
    private Path file = Path.of("");

    @Mixin
    private RunOptions options = new RunOptions();

    public WatchCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() throws IOException {
        SpecRun spec = new SpecRun(session, options, false);
        spec.settle();
        Set<Path> sources = options.spec.spec(file, session).sources();
        Map<Path, FileTime> before = saved(sources);
        spec.makeOut();
        SpecErrors errors = new SpecErrors(session, options.spec);
        while (true) {
            errors.of(file, () -> spec.run(file, spec.check(file), session.progress()));
            session.terminal()
                    .err()
                    .println(VisibleText.line("Waiting for the next save of " + file + "; Ctrl-C ends this."));
            // The page that is open shows what is new when it is loaded again.
            options.open = false;
            awaitSave(sources, before);
            sources = options.spec.quietly(file, session).sources();
            before = saved(sources);
        }
    }

    private void awaitSave(Set<Path> sources, Map<Path, FileTime> before) throws IOException {
        do {
            session.stop().check();
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                session.stop().check();
            }
        } while (saved(sources).equals(before) || !Files.isRegularFile(file));
    }

    /** When files were saved. Editors replace a file, so that it may be missing for a moment. */
    private static Map<Path, FileTime> saved(Set<Path> sources) throws IOException {
        Map<Path, FileTime> saved = new TreeMap<>();
        for (Path source : sources) {
            if (Files.isRegularFile(source)) {
                saved.put(source, Files.getLastModifiedTime(source));
            }
        }
        return saved;
    }
}
