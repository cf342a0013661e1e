package dev.loupe.cli;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Listing;
import dev.loupe.cli.terminal.Session;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.Reason;
import dev.loupe.failure.UserInputException;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.text.VisibleText;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code loupe new KIND [FILE]}: a spec to start from. */
@Command(
        name = "new",
        description = "Write a short spec with comments for a kind of question, ready to run and to change. Without "
                + "KIND, list the kinds.")
final class NewCommand implements Callable<ExitCode> {
    private final Session session;

    @Parameters(index = "0", arity = "0..1", paramLabel = "KIND", description = "The kind of question.")
    private @Nullable String kind;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "The file to write. Default: KIND.yaml in the current folder.")
    private @Nullable Path file;

    NewCommand(Session session) {
        this.session = session;
    }

    @Override
    public ExitCode call() throws IOException {
        if (kind == null) {
            list();
            return ExitCode.CLAIMS_HOLD;
        }
        StartingSpec spec = of(kind);
        Path target = file == null ? Path.of(spec.word() + ".yaml") : file;
        write(spec, target);
        session.terminal()
                .out()
                .println(VisibleText.line("Wrote " + target + ": `loupe run " + target + "` runs it, `loupe watch "
                        + target + "` runs it again whenever you save it."));
        return ExitCode.CLAIMS_HOLD;
    }

    private void list() throws IOException {
        Listing listing =
                new Listing(session.terminal().out(), session.terminal().columns());
        listing.heading("Kinds of questions (loupe new KIND)");
        for (StartingSpec spec : StartingSpec.values()) {
            listing.entry(spec.word(), spec.question());
        }
    }

    private static StartingSpec of(String word) {
        List<String> known =
                Stream.of(StartingSpec.values()).map(StartingSpec::word).toList();
        return Stream.of(StartingSpec.values())
                .filter(spec -> spec.word().equals(word))
                .findFirst()
                .orElseThrow(() -> {
                    String near = DidYouMean.to(word, known);
                    return new UserInputException("there is no kind of question `" + word + "`"
                            + (near == null
                                    ? "; known: " + String.join(", ", known)
                                    : "; did you mean `" + near + "`?"));
                });
    }

    private static void write(StartingSpec spec, Path target) throws IOException {
        String text = spec.text();
        try {
            Files.writeString(target, text, StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            throw new UserInputException(target + " exists already: name another file", e);
        } catch (IOException e) {
            throw new EnvironmentException(target + " cannot be written: " + Reason.of(e), e);
        }
    }
}
