package dev.loupe.cli;

import dev.loupe.failure.StopSignal;
import dev.loupe.schema.Nearest;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says on standard error what went wrong: to the user in a paragraph, about our own faults with the trace in a file. */
final class ErrorScreen {
    /** Problems that begin with their place, {@code file:line:column}, as editors can follow it, stay bare. */
    private static final Pattern BEGINS_WITH_PLACE = Pattern.compile("^\\S.*?:\\d+:\\d+\\b");

    private final PrintStream err;
    private final StopSignal stop;

    /** @param stop where it was asked for, whatever fails then fails for that reason */
    ErrorScreen(PrintStream err, StopSignal stop) {
        this.err = err;
        this.stop = stop;
    }

    ExitCode show(Throwable error, boolean withTrace, List<String> words) {
        Failure failure = stop.requested() ? ErrorMapping.INTERRUPTED : ErrorMapping.of(error);
        boolean bare = BEGINS_WITH_PLACE.matcher(failure.message()).find();
        err.println(bare ? failure.message() : "loupe: " + failure.message());
        if (withTrace) {
            error.printStackTrace(err);
        } else if (failure.exit() == ExitCode.OUR_FAULT) {
            err.println("This is a fault of Loupe's own, not of what you gave it. " + keepTrace(error, words));
        }
        return failure.exit();
    }

    /** For words that the command line does not understand. */
    ExitCode showUsage(ParameterException error) {
        CommandLine command = error.getCommandLine();
        err.println("loupe: " + error.getMessage());
        if (error instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            String meant = Nearest.to(
                    word,
                    word.startsWith("-")
                            ? command.getCommandSpec().optionsMap().keySet()
                            : command.getSubcommands().keySet());
            if (meant != null) {
                err.println("Did you mean '" + meant + "'?");
            }
        }
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.INPUT_WRONG;
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
