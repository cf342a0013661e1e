package dev.loupe.cli.terminal;

import dev.loupe.progress.StopSignal;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.problem.SpecException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on standard error what went wrong: to the user in a paragraph, about bugs in Loupe with the trace in a file. */
public final class ErrorScreen {
    /** Problems that begin with their place, {@code file:line:column}, as editors can follow it, stay bare. */
    private static final Pattern BEGINS_WITH_PLACE = Pattern.compile("^\\S.*?:\\d+:\\d+\\b");

    private final PrintStream err;
    private final StopSignal stop;

    /** @param stop where it was asked for, whatever fails then fails for that reason */
    public ErrorScreen(PrintStream err, StopSignal stop) {
        this.err = err;
        this.stop = stop;
    }

    public ExitCode show(Throwable error, boolean withTrace, List<String> words) {
        Failure failure = stop.requested() ? ErrorMapping.INTERRUPTED : ErrorMapping.of(error);
        if (error instanceof SpecException && !stop.requested()) {
            // Lines of a spec stand below its problems; both are visible text already.
            err.println(failure.message());
        } else {
            say(failure.message());
        }
        if (withTrace) {
            error.printStackTrace(err);
        } else if (failure.exit() == ExitCode.OUR_FAULT) {
            err.println("This is a bug in Loupe, not a mistake in your input. " + keepTrace(error, words));
        }
        return failure.exit();
    }

    /**
     * A message may quote a file's name, a tensor's, a hub's answer: where it has a line break of its own, the rest stands
     * behind a bar, so that no such text passes for a line of the program. Problems of specs are one line each already.
     */
    private void say(String message) {
        boolean bare = BEGINS_WITH_PLACE.matcher(message).find();
        List<String> lines = message.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            boolean place = bare && BEGINS_WITH_PLACE.matcher(lines.get(i)).find();
            err.println((place ? "" : i == 0 ? "loupe: " : "  | ") + lines.get(i));
        }
    }

    /** For words that the command line does not understand. */
    public ExitCode showUsage(ParameterException error) {
        CommandLine command = error.getCommandLine();
        say(UsageWords.of(error));
        if (error instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            suggest(
                    word,
                    word.startsWith("-") ? command.getCommandSpec().optionsMap().keySet() : Set.of());
        }
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.INPUT_WRONG;
    }

    /** For a first word that is no command. */
    public ExitCode showUnknownCommand(String word, List<CommandEntry> commands) {
        say("there is no command `" + word + "`");
        suggest(word, commands.stream().map(CommandEntry::name).toList());
        showCommands(commands);
        return ExitCode.INPUT_WRONG;
    }

    /** For a command line that asks for nothing. */
    public ExitCode showNoCommand(List<CommandEntry> commands) {
        say("name a command, such as `loupe run FILE`");
        showCommands(commands);
        return ExitCode.INPUT_WRONG;
    }

    private void suggest(String word, Collection<String> known) {
        String meant = DidYouMean.to(word, known);
        if (meant != null) {
            err.println("Did you mean '" + meant + "'?");
        }
    }

    private void showCommands(List<CommandEntry> commands) {
        err.println("Commands:");
        for (CommandEntry entry : commands) {
            err.printf("  %-10s %s%n", entry.name(), entry.summary());
        }
        err.println("`loupe COMMAND --help` lists the options of each.");
    }

    private static String keepTrace(Throwable error, List<String> words) {
        try {
            Path file = Files.createTempFile("loupe-fault-", ".log");
            try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
                out.println("Loupe " + Version.number() + ", Java " + Runtime.version() + ", "
                        + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
                out.println("loupe " + String.join(" ", words));
                error.printStackTrace(out);
            }
            return "Please report it with " + file + ", or see the stack trace with --debug.";
        } catch (IOException e) {
            return "See the stack trace with --debug, and please report it.";
        }
    }
}
