package dev.loupe.cli;

import dev.loupe.schema.SpecException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code loupe validate FILE...}: every problem of every file, before anything is loaded. */
@Command(name = "validate", description = "Check specs and print every problem with file, line and column.")
final class ValidateCommand implements Callable<ExitCode> {
    private final Session session;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Specs.")
    private List<Path> files = List.of();

    @Mixin
    private SpecOptions options = new SpecOptions();

    ValidateCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() {
        int bad = 0;
        for (Path file : files) {
            try {
                options.spec(file, session).check();
                session.terminal().out().println(file + ": ok");
            } catch (SpecException e) {
                bad++;
                session.terminal().err().println(e.getMessage());
            }
        }
        return bad == 0 ? ExitCode.CLAIMS_HOLD : ExitCode.INPUT_WRONG;
    }
}
