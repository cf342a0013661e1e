package dev.loupe.dataset.board;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Moves of Othello as token ids: 0 is a pass, the squares without the four in the middle follow row by row from the top left, from
 * 1 on.
 */
final class OthelloMoves {
    /** The token of a pass. */
    static final int PASS = 0;

    private final int size;
    private final int[] idOfSquare;

    OthelloMoves(int size) {
        this.size = size;
        this.idOfSquare = new int[size * size];
        int next = PASS + 1;
        for (int square = 0; square < idOfSquare.length; square++) {
            idOfSquare[square] = isMiddle(square) ? PASS : next++;
        }
    }

    private boolean isMiddle(int square) {
        int row = square / size;
        int column = square % size;
        return (row == size / 2 || row == size / 2 - 1) && (column == size / 2 || column == size / 2 - 1);
    }

    /** The token id of a move to a square. */
    int id(int square) {
        return idOfSquare[square];
    }

    /** The token ids of moves to squares. */
    int[] ids(int[] squares) {
        return Arrays.stream(squares).map(this::id).toArray();
    }

    /** The names of all squares: {@code a1} is the top left, {@code b1} right of it. */
    List<String> squareNames() {
        return IntStream.range(0, size * size)
                .mapToObj(square -> "" + (char) ('a' + square % size) + (square / size + 1))
                .toList();
    }
}
