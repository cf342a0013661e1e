package dev.loupe.cli.run;

import dev.loupe.cli.option.SpecOptions;
import dev.loupe.cli.terminal.ErrorMapping;
import dev.loupe.cli.terminal.ErrorScreen;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Failure;
import dev.loupe.cli.terminal.Session;
import dev.loupe.failure.CancelledException;
import dev.loupe.text.VisibleText;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Work on one of several specs: what goes wrong with it is said at once, under its file's name, and the others go on. */
public final class SpecErrors {
    /** Work that may fail in any way. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    private final Session session;
    private final SpecOptions options;

    public SpecErrors(Session session, SpecOptions options) {
        this.session = session;
        this.options = options;
    }

    /**
     * Why the work failed; null where it did not.
     *
     * @throws CancelledException where the user wants all of it to stop
     */
    @Nullable
    public Failure of(Path file, Work work) {
        try {
            work.run();
            return null;
        } catch (Throwable e) {
            // Errors too: a full heap ends this spec, not the others.
            session.progress().done();
            Failure failure = ErrorMapping.of(e);
            if (failure.exit() == ExitCode.INTERRUPTED) {
                throw new CancelledException();
            }
            session.terminal().out().flush();
            session.terminal().err().println(VisibleText.line(file.toString()) + ":");
            new ErrorScreen(session.terminal().err(), session.stop())
                    .show(e, options.debug(), List.of(file.toString()));
            return failure;
        }
    }
}
