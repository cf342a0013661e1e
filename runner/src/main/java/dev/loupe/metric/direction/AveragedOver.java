package dev.loupe.metric.direction;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.build.SelectionWords;
import dev.loupe.schema.shape.IntRange;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The positions that a mean is taken over.
 *
 * @param at names of positions or position classes of the dataset, or numbers and ranges of positions from 0
 * @param exclude those of {@code at} that are left out, written likewise
 */
public record AveragedOver(List<String> at, List<String> exclude) {
    /** Every position. */
    public static final AveragedOver ALL = new AveragedOver(List.of(TokenRows.EVERYWHERE), List.of());

    private static final Pattern NUMBERS = Pattern.compile("[0-9]+(\\.\\.[0-9]+)?");

    /** @throws IllegalArgumentException where nothing could be left */
    public AveragedOver {
        at = List.copyOf(at);
        exclude = List.copyOf(exclude);
        if (at.isEmpty() || (at.contains(TokenRows.EVERYWHERE) && at.size() > 1)) {
            throw new IllegalArgumentException("`at` names positions; `everywhere` cannot be combined with others");
        }
        if (exclude.contains(TokenRows.EVERYWHERE)) {
            throw new IllegalArgumentException("`exclude: everywhere` leaves no position to average over");
        }
        for (String text : exclude) {
            if (numbers(text)) {
                IntRange.parse(text);
            }
        }
    }

    /** Whether a position of a row is averaged over. */
    boolean has(TokenRows rows, int row, int pos) {
        return at.stream().anyMatch(text -> is(text, rows, row, pos))
                && exclude.stream().noneMatch(text -> is(text, rows, row, pos));
    }

    private static boolean is(String text, TokenRows rows, int row, int pos) {
        return numbers(text) ? IntRange.parse(text).contains(pos) : rows.belongs(text, row, pos);
    }

    private static boolean numbers(String text) {
        return NUMBERS.matcher(text).matches();
    }

    /** @throws IllegalArgumentException where the rows lack a name, or no position of any row is left */
    void check(TokenRows rows) {
        List.of(at, exclude).forEach(texts -> texts.forEach(text -> is(text, rows, 0, 0)));
        for (int row = 0; row < rows.rows(); row++) {
            for (int pos = 0; pos < rows.tokens()[row].length; pos++) {
                if (has(rows, row, pos)) {
                    return;
                }
            }
        }
        throw new IllegalArgumentException(
                "no position of any row is left to average over: `at: " + at + "`, `exclude: " + exclude + "`");
    }

    /**
     * The positions of a text alone, which has no names.
     *
     * @throws IllegalArgumentException where a name is asked for, or none is left
     */
    public int[] positions(int[] text) {
        TokenRows row = new TokenRows(new int[][] {text}, new int[0][], Map.of(), Map.of(), Map.of());
        check(row);
        return IntStream.range(0, text.length).filter(pos -> has(row, 0, pos)).toArray();
    }

    boolean all() {
        return equals(ALL);
    }

    /** Empty for all positions. */
    String describe() {
        return (SelectionWords.everywhere(at) ? "" : SelectionWords.at(at))
                + (exclude.isEmpty() ? "" : " without " + SelectionWords.counted("position", exclude));
    }
}
