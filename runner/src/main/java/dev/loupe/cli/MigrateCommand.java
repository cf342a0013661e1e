package dev.loupe.cli;

import dev.loupe.cli.option.SpecFiles;
import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.ProblemText;
import dev.loupe.cli.terminal.Session;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.Reason;
import dev.loupe.failure.UserInputException;
import dev.loupe.schema.compose.FormerKeys;
import dev.loupe.schema.compose.Migration;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.spec.ExperimentSpec;
import dev.loupe.text.Count;
import dev.loupe.text.TextFile;
import dev.loupe.text.VisibleText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code loupe migrate FILE...}: specs with today's keys. */
@Command(
        name = "migrate",
        description =
                "Rewrite specs in place so that they use the current keys of the spec language. Comments and layout "
                        + "are kept. If one file has an error, no file is changed.")
final class MigrateCommand implements Callable<ExitCode> {
    private final Session session;

    @Mixin
    private SpecFiles specs = new SpecFiles();

    MigrateCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() {
        FormerKeys former = FormerKeys.of(ExperimentSpec.class);
        Problems problems = new Problems();
        Map<Path, Migration> migrations = new LinkedHashMap<>();
        for (Path file : specs.all()) {
            Problems own = new Problems();
            Migration migration = Migration.of(text(file, own), file.toString(), former, own);
            problems.addAll(own.sorted());
            if (migration != null) {
                migrations.put(file, migration);
            }
        }
        if (!problems.isEmpty()) {
            session.terminal().err().println(ProblemText.of(problems.sorted()));
            return ExitCode.INPUT_WRONG;
        }
        migrations.forEach(this::write);
        return ExitCode.CLAIMS_HOLD;
    }

    private void write(Path file, Migration migration) {
        String said = "is up to date";
        if (migration.keys() > 0) {
            try {
                // A link stays a link.
                TextFile.write(migration.text(), file.toRealPath());
            } catch (IOException e) {
                throw new EnvironmentException(file + " cannot be written: " + Reason.of(e), e);
            }
            said = Count.of(migration.keys(), "key") + " renamed";
        }
        session.terminal().out().println(VisibleText.line(file + ": " + said));
    }

    private static String text(Path file, Problems problems) {
        if (!Files.isRegularFile(file)) {
            throw new UserInputException("there is no spec " + file);
        }
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            problems.add(SourceLocation.start(file.toString()), "encoding", "the file is not UTF-8");
        } catch (IOException e) {
            problems.add(SourceLocation.start(file.toString()), "unreadable", "cannot be read: " + Reason.of(e));
        }
        return "";
    }
}
