package dev.loupe.execute.shards;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.FullDisk;
import dev.loupe.failure.Reason;
import dev.loupe.failure.UserInputException;
import dev.loupe.tensors.TensorFileException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Why a machine could not do a task, in words that can be sent. */
record Fault(Kind kind, String words) {
    /** Who has to act. */
    enum Kind {
        INPUT,
        SURROUNDINGS,
        OURS
    }

    static Fault of(Throwable thrown) {
        IOException inside = thrown instanceof UncheckedIOException unchecked ? unchecked.getCause() : null;
        Throwable error = inside == null ? thrown : inside;
        if (error instanceof EnvironmentException || error instanceof TensorFileException) {
            return new Fault(Kind.SURROUNDINGS, String.valueOf(error.getMessage()));
        }
        if (error instanceof UserInputException) {
            return new Fault(Kind.INPUT, String.valueOf(error.getMessage()));
        }
        Throwable full = FullDisk.in(error);
        if (full != null) {
            return new Fault(Kind.SURROUNDINGS, "its disk is full: " + Reason.withFile(full));
        }
        if (error instanceof IOException io) {
            return new Fault(Kind.SURROUNDINGS, "reading or writing failed: " + Reason.withFile(io));
        }
        if (error instanceof OutOfMemoryError) {
            return new Fault(
                    Kind.SURROUNDINGS,
                    "its Java heap is full (" + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB); give executors more with LOUPE_JAVA_OPTS=-Dspark.executor.memory=8g");
        }
        if (error instanceof LinkageError) {
            return new Fault(
                    Kind.SURROUNDINGS, "a part of the program is missing there or does not load: " + Reason.of(error));
        }
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        return new Fault(Kind.OURS, trace.toString());
    }

    /** The same on the machine that asked. */
    RuntimeException on(String executor) {
        String where = executor + ": " + words;
        return switch (kind) {
            case INPUT -> new UserInputException(where);
            case SURROUNDINGS -> new EnvironmentException(where);
            case OURS -> new IllegalStateException(where);
        };
    }
}
