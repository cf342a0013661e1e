package dev.loupe.fuzz;

import com.sun.management.ThreadMXBean;
import dev.loupe.failure.UserInputException;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.tensors.TensorFileException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads mutants of one target, in this thread, and counts what becomes of them. */
final class Fuzzing {
    /** A mutant of a few kilobytes that takes longer, or more memory, asks for what its bytes do not hold. */
    private static final double MOST_SECONDS = 5;

    private static final long MOST_BYTES = 512L << 20;

    private static final Pattern LIBRARY_WORDS = Pattern.compile(
            "(java|javax|sun|com|org|ai)\\.[a-z]+\\.|Exception|StreamRead|StreamConstraints|\\[Source|REDACTED|panicked"
                    + "|Unrecognized token|Unexpected character|Unexpected end-of-input|index out of bounds|for length \\d");

    private Fuzzing() {}

    /**
     * What became of the mutants.
     *
     * @param escapes the first mutant of every way to escape: a fault of ours, a hang, too much memory, a library's words
     */
    record Tally(int tried, int refused, int accepted, Map<String, Escape> escapes, double seconds) {
        int escaped() {
            return tried - refused - accepted;
        }
    }

    /** One that escaped. */
    record Escape(int number, String said) {}

    static Tally run(FuzzTarget target, Path folder, int mutants, long seed) throws IOException {
        Mutator mutator = new Mutator(seed, target.words());
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Map<String, Escape> escapes = new LinkedHashMap<>();
        int refused = 0;
        int accepted = 0;
        long start = System.nanoTime();
        for (int i = 0; i < mutants; i++) {
            byte[] seedFile = target.seeds().get(i % target.seeds().size());
            byte[] mutant = target.wrap().apply(mutator.mutate(seedFile));
            Files.write(folder.resolve(target.file()), mutant);
            long before = memory.getCurrentThreadAllocatedBytes();
            long began = memory.getCurrentThreadCpuTime();
            Throwable thrown = read(target, folder);
            double seconds = (memory.getCurrentThreadCpuTime() - began) / 1e9;
            String escape = escape(thrown, seconds, memory.getCurrentThreadAllocatedBytes() - before);
            if (escape != null) {
                escapes.putIfAbsent(kind(thrown, escape), new Escape(i, escape));
            } else if (thrown == null) {
                accepted++;
            } else {
                refused++;
            }
        }
        return new Tally(mutants, refused, accepted, escapes, (System.nanoTime() - start) / 1e9);
    }

    private static @Nullable Throwable read(FuzzTarget target, Path folder) {
        try {
            target.reader().read(folder);
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    private static @Nullable String escape(@Nullable Throwable thrown, double seconds, long bytes) {
        if (seconds > MOST_SECONDS) {
            return "took " + seconds + " s";
        }
        if (bytes > MOST_BYTES) {
            return "took " + (bytes >> 20) + " MiB";
        }
        if (thrown == null) {
            return null;
        }
        if (!(thrown instanceof UserInputException
                || thrown instanceof SpecException
                || thrown instanceof TensorFileException)) {
            return "fault of ours: " + thrown;
        }
        String message = String.valueOf(thrown.getMessage());
        return LIBRARY_WORDS.matcher(message).find() ? "a library's words: " + message : null;
    }

    /** Escapes by the place that threw, so that each is listed once. */
    private static String kind(@Nullable Throwable thrown, String escape) {
        List<String> place = new ArrayList<>();
        if (thrown != null) {
            place.add(thrown.getClass().getSimpleName());
            for (StackTraceElement frame : thrown.getStackTrace()) {
                if (frame.getClassName().startsWith("dev.loupe.") && place.size() < 2) {
                    place.add(frame.getFileName() + ":" + frame.getLineNumber());
                }
            }
        }
        return escape.split(":", 2)[0].replaceAll("[0-9.]+", "n") + " " + place;
    }
}
