package dev.loupe.model.card;

import dev.loupe.schema.annotation.Doc;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Training steps from low to high, both included, every {@code by}: {@code 1000..143000 by 1000}; {@code 512} is one
 * step.
 */
@Doc("Steps: 512, or 1000..143000 by 1000")
public record StepRange(int low, int high, int by) {
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,9})(?:\\.\\.([0-9]{1,9}) by ([0-9]{1,9}))?");

    public StepRange {
        if (low > high || by < 1) {
            throw new IllegalArgumentException("the steps " + low + ".." + high + " by " + by + " are none");
        }
    }

    /** Reads one step, or {@code low..high by stride}. */
    public static StepRange parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a range of steps; write it as 512 or as 1000..143000 by 1000");
        }
        int low = Integer.parseInt(matcher.group(1));
        return matcher.group(2) == null
                ? new StepRange(low, low, 1)
                : new StepRange(low, Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)));
    }

    IntStream all() {
        return IntStream.iterate(low, step -> step <= high, step -> step + by);
    }

    @Override
    public String toString() {
        return low == high ? Integer.toString(low) : low + ".." + high + " by " + by;
    }
}
