package dev.loupe.dataset.rows;

import dev.loupe.schema.annotation.Doc;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Positions of a row by their numbers, both ends included. The first token of a row, BOS too, is position 0; negative numbers
 * count from the end, so that -1 is the last. Written {@code 40..79}, {@code 40..}, {@code ..39}, {@code -8..-1} or {@code 5}.
 *
 * @param low the first position; 0 where none was written
 * @param high the last one; -1 where none was written
 * @param single written as one number, so that it is one position of each row
 */
@Doc(
        "Positions by number, both ends included: `40..79`, `40..` to the end, `..39` from the start, or `5` alone. The first token "
                + "of a row, BOS included, is 0; -1 is the last, -2 the one before it.")
public record PositionSpan(int low, int high, boolean single) {
    private static final Pattern WRITTEN = Pattern.compile("(-?[0-9]{1,6})?(\\.\\.)?(-?[0-9]{1,6})?");

    /** @throws IllegalArgumentException where the text is no range, or one that holds nothing in any row */
    public static PositionSpan parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        boolean whole = matcher.matches();
        String low = whole ? matcher.group(1) : null;
        String high = whole ? matcher.group(3) : null;
        boolean range = whole && matcher.group(2) != null;
        if (low == null && high == null || !range && (low == null || high != null)) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" names no positions: write `40..79`, `40..`, `..39`, `-8..-1` or one number");
        }
        return new PositionSpan(number(low, 0), range ? number(high, -1) : number(low, 0), !range);
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    public PositionSpan {
        if (low > high && low >= 0 == high >= 0) {
            throw new IllegalArgumentException("the range " + low + ".." + high + " is empty");
        }
    }

    /** The first position in a row of {@code length} tokens; outside 0..length-1 where the row has no such position. */
    int first(int length) {
        return low < 0 ? length + low : low;
    }

    /** The last position in a row of {@code length} tokens; outside 0..length-1 where the row has no such position. */
    int last(int length) {
        return high < 0 ? length + high : high;
    }

    @Override
    public String toString() {
        return single ? Integer.toString(low) : low + ".." + (high == -1 ? "" : high);
    }
}
