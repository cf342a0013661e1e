package dev.loupe.dataset.board;

import dev.loupe.dataset.rows.RowRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a game in which every move is drawn uniformly among the legal ones.
 *
 * @param tokens one more than is asked for: the last is what the last row position predicts
 * @param after the position after each token, with the turn of the player whose move comes next
 */
record OthelloGame(int[] tokens, OthelloBoard[] after) {
    /** A game of at least so many tokens; null where the drawn one ends before. */
    static @Nullable OthelloGame draw(int size, int count, Othello.Passes passes, RowRandom random) {
        OthelloMoves moves = new OthelloMoves(size);
        OthelloBoard board = OthelloBoard.start(size);
        int[] tokens = new int[count];
        OthelloBoard[] after = new OthelloBoard[count];
        for (int i = 0; i < count; i++) {
            if (board.over()) {
                return null;
            }
            int[] legal = board.legalMoves();
            if (legal.length == 0) {
                tokens[i] = OthelloMoves.PASS;
                board = board.passed();
            } else {
                int square = legal[random.nextInt(legal.length)];
                tokens[i] = moves.id(square);
                board = board.after(square);
            }
            if (passes == Othello.Passes.SKIPPED && board.legalMoves().length == 0 && !board.over()) {
                board = board.passed();
            }
            after[i] = board;
        }
        return new OthelloGame(tokens, after);
    }

    /** The tokens of a row: all but the last. */
    int[] row() {
        return Arrays.copyOf(tokens, tokens.length - 1);
    }
}
