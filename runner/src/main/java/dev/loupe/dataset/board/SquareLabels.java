package dev.loupe.dataset.board;

import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.Label;
import java.util.List;

/**
 * What lies on each square after each move, as labels of every token. Seen by the player whose move comes next: {@code state-c4}
 * is {@code empty}, {@code mine} or {@code theirs}, and {@code mine-c4} tells the latter two apart where the square is not empty.
 * Seen from outside: {@code colour-c4} and {@code black-c4}.
 */
final class SquareLabels {
    private static final List<String> STATES = List.of("empty", "mine", "theirs");
    private static final List<String> COLOURS = List.of("empty", "black", "white");

    private SquareLabels() {}

    /** Gives a row its labels. */
    static DrawnRow add(DrawnRow row, OthelloBoard[] after, List<String> squares) {
        for (int square = 0; square < squares.size(); square++) {
            String name = squares.get(square);
            int[] state = new int[row.length()];
            int[] colour = new int[row.length()];
            for (int i = 0; i < state.length; i++) {
                state[i] = content(after[i].mine(), after[i].theirs(), square);
                colour[i] = content(after[i].black(), after[i].white(), square);
            }
            row.label("state-" + name, Label.category(STATES, new int[][] {state}))
                    .label("colour-" + name, Label.category(COLOURS, new int[][] {colour}))
                    .label("mine-" + name, Label.flag(new int[][] {first(state)}))
                    .label("black-" + name, Label.flag(new int[][] {first(colour)}));
        }
        return row;
    }

    /** 0 for an empty square, 1 for a disc of the first kind, 2 for one of the second. */
    private static int content(long first, long second, int square) {
        return (first >>> square & 1) != 0 ? 1 : (second >>> square & 1) != 0 ? 2 : 0;
    }

    /** Whether a disc is of the first kind; empty squares are neither positives nor negatives. */
    private static int[] first(int[] content) {
        int[] flags = new int[content.length];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = content[i] == 0 ? Label.LEFT_OUT : content[i] == 1 ? 1 : 0;
        }
        return flags;
    }
}
