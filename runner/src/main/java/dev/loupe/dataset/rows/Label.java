package dev.loupe.dataset.rows;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a dataset says of every token, such as the register it belongs to or how deep in brackets it stands. One number for
 * each token; what the number means depends on the kind.
 *
 * @param kind how the numbers are to be read
 * @param names the names of the values in order: {@code false} and {@code true}, the categories, or {@code 0} to the largest
 *     ordinal; none for a pointer
 * @param values [row][pos]: the index of a name, or for a pointer a position of the same row; {@link #NONE} where a token has no value, {@link #LEFT_OUT} where it counts
 *     neither as having one nor as having none
 * @param looksAhead whether deciding it takes tokens that come later, so that no causal model could know it at the token
 */
public record Label(Kind kind, List<String> names, int[][] values, boolean looksAhead) {
    /** No value: the token is a negative of every value. */
    public static final int NONE = -1;

    /** The token is neither a positive nor a negative, for instance because two values of one category cover it. */
    public static final int LEFT_OUT = -2;

    /** What a label's numbers mean. */
    public enum Kind {
        BOOLEAN,
        CATEGORY,
        ORDINAL,
        POINTER
    }

    /** @throws IllegalArgumentException where names or numbers do not exist in the kind */
    public Label {
        names = List.copyOf(names);
        boolean fits = switch (kind) {
            case BOOLEAN -> names.size() == 2;
            case CATEGORY -> !names.isEmpty();
            case ORDINAL -> true;
            case POINTER -> names.isEmpty();
        };
        if (!fits) {
            throw new IllegalArgumentException("a label of kind " + kind + " with the names " + names);
        }
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("a label has the same name twice: " + names);
        }
        for (int[] row : values) {
            int end = kind == Kind.POINTER ? row.length : names.size();
            for (int value : row) {
                if (value < LEFT_OUT || value >= end) {
                    throw new IllegalArgumentException("a label of kind " + kind + " has the value " + value);
                }
            }
        }
    }

    /** A label that the tokens up to its own decide. */
    public Label(Kind kind, List<String> names, int[][] values) {
        this(kind, names, values, false);
    }

    /** The same, decided by later tokens too. */
    public Label lookingAhead() {
        return new Label(kind, names, values, true);
    }

    /** Whether a token is something: 1 where it is, 0 where it is not. */
    public static Label flag(int[][] values) {
        return new Label(Kind.BOOLEAN, List.of("false", "true"), values);
    }

    /** One of several names, by its index. */
    public static Label category(List<String> names, int[][] values) {
        return new Label(Kind.CATEGORY, names, values);
    }

    /** Numbers from 0 on, whose order matters. */
    public static Label ordinal(int[][] values) {
        int largest = Arrays.stream(values).flatMapToInt(Arrays::stream).max().orElse(NONE);
        return new Label(
                Kind.ORDINAL,
                IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList(),
                values);
    }

    /** Positions of the same row. */
    public static Label pointer(int[][] values) {
        return new Label(Kind.POINTER, List.of(), values);
    }

    /** The same label of some rows, which may be named more than once. */
    public Label rows(int[] which) {
        int[][] picked = new int[which.length][];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = values[which[i]];
        }
        return new Label(kind, names, picked, looksAhead);
    }
}
