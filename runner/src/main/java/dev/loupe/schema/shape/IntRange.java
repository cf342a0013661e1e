package dev.loupe.schema.shape;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whole numbers from low to high, both included, written {@code 5..12}; {@code 7} is 7 to 7.
 */
public record IntRange(int low, int high) {

    private static final Pattern WRITTEN = Pattern.compile("(-?[0-9]{1,10})(?:\\.\\.(-?[0-9]{1,10}))?");

    public IntRange {
        if (low > high) {
            throw new IllegalArgumentException("the range " + low + ".." + high + " is empty");
        }
    }

    /**
     * Reads {@code low..high} or one number.
     *
     * @throws IllegalArgumentException where the text is not a range of ints
     */
    public static IntRange parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is not a range; write it as 5..12");
        }
        int low = number(matcher.group(1));
        String high = matcher.group(2);
        return new IntRange(low, high == null ? low : number(high));
    }

    private static int number(String text) {
        long value = Long.parseLong(text);
        if (value != (int) value) {
            throw new IllegalArgumentException(text + " does not fit into 32 bits");
        }
        return (int) value;
    }

    /** How many numbers it holds. */
    public long size() {
        return (long) high - low + 1;
    }

    public boolean contains(int value) {
        return low <= value && value <= high;
    }

    @Override
    public String toString() {
        return low == high ? Integer.toString(low) : low + ".." + high;
    }
}
