package dev.loupe.cli.terminal;

import dev.loupe.failure.CancelledException;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.FullDisk;
import dev.loupe.failure.Reason;
import dev.loupe.failure.UserInputException;
import dev.loupe.result.store.ResultFormatException;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.tensors.TensorFileException;
import dev.loupe.train.TrainingDiverged;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** From an exception to its owner: the one place where it is decided how the program ends. */
public final class ErrorMapping {
    /** What is said whatever the work was doing: an interrupt fails files and sockets in many ways. */
    static final Failure INTERRUPTED = new Failure(
            ExitCode.INTERRUPTED, "Interrupted. Finished work is kept; run the same command again to resume.");

    /** How PyTorch words it when the device cannot hold a tensor. */
    private static final List<String> DEVICE_FULL =
            List.of("cuda out of memory", "mps backend out of memory", "defaultcpuallocator: can't allocate memory");

    private ErrorMapping() {}

    public static Failure of(Throwable thrown) {
        if (interrupted(thrown)) {
            return INTERRUPTED;
        }
        Throwable error = unwrapped(thrown);
        if (error instanceof SpecException spec) {
            return new Failure(ExitCode.INPUT_WRONG, ProblemText.of(spec.problems()));
        }
        if (error instanceof UserInputException
                || error instanceof TensorFileException
                || error instanceof ResultFormatException
                || error instanceof TrainingDiverged) {
            return new Failure(ExitCode.INPUT_WRONG, words(error));
        }
        if (error instanceof InvalidPathException path) {
            return new Failure(
                    ExitCode.INPUT_WRONG, "`" + path.getInput() + "` cannot be used as a path: " + Reason.of(path));
        }
        if (error instanceof EnvironmentException) {
            return new Failure(ExitCode.SURROUNDINGS_FAIL, words(error));
        }
        if (error instanceof IOException io) {
            return ofInputOutput(io);
        }
        if (error instanceof OutOfMemoryError) {
            return new Failure(
                    ExitCode.SURROUNDINGS_FAIL,
                    "The Java heap is full (" + Runtime.getRuntime().maxMemory() / (1 << 20)
                            + " MiB). Give it more with LOUPE_JAVA_OPTS=-Xmx8g, or use fewer rows.");
        }
        if (says(error, DEVICE_FULL)) {
            return new Failure(
                    ExitCode.SURROUNDINGS_FAIL,
                    "The device does not have enough memory. Use fewer rows, a smaller model or --device cpu. "
                            + "PyTorch says: " + words(error));
        }
        return new Failure(
                ExitCode.OUR_FAULT, "A bug in Loupe: " + error.getClass().getSimpleName() + ": " + words(error));
    }

    /** A connection that timed out is an interrupted one by its Java type alone. */
    private static boolean interrupted(Throwable thrown) {
        for (Throwable error = thrown; error != null; error = error.getCause()) {
            if (error instanceof CancelledException
                    || error instanceof InterruptedException
                    || error instanceof ClosedByInterruptException
                    || (error instanceof InterruptedIOException && !(error instanceof SocketTimeoutException))) {
                return true;
            }
        }
        return false;
    }

    private static Failure ofInputOutput(IOException error) {
        if (FullDisk.in(error) != null) {
            return new Failure(
                    ExitCode.SURROUNDINGS_FAIL,
                    "The disk is full: " + Reason.withFile(error)
                            + ". What was stored before is complete. Free some space and run the same command again.");
        }
        if (error instanceof NoSuchFileException || error instanceof FileNotFoundException) {
            return new Failure(ExitCode.INPUT_WRONG, "No such file: " + words(error));
        }
        if (error instanceof AccessDeniedException denied) {
            return new Failure(ExitCode.SURROUNDINGS_FAIL, "Access is denied: " + denied.getFile());
        }
        return new Failure(ExitCode.SURROUNDINGS_FAIL, "Reading or writing failed: " + Reason.withFile(error));
    }

    /** The error that the work itself threw, out of the wrappings of streams and threads. */
    private static Throwable unwrapped(Throwable thrown) {
        Throwable error = thrown;
        Throwable cause = error.getCause();
        while (cause != null
                && (error instanceof UncheckedIOException
                        || error instanceof ExecutionException
                        || error instanceof CompletionException)) {
            error = cause;
            cause = error.getCause();
        }
        return error;
    }

    private static boolean says(Throwable error, List<String> wordings) {
        for (Throwable t = error; t != null; t = t.getCause()) {
            String text = lower(t.getMessage());
            if (wordings.stream().anyMatch(text::contains)) {
                return true;
            }
        }
        return false;
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }

    private static String words(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? error.getClass().getSimpleName() : message.strip();
    }
}
