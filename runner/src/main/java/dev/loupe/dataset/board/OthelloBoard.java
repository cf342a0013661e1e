package dev.loupe.dataset.board;

import java.util.stream.IntStream;

/**
 * A position of Othello: discs and whose turn it is. Squares are numbered row by row from the top left, as are the bits of each
 * number. A move puts down a disc so that in at least one of eight directions some discs of the opponent lie between it and
 * another disc of the player; all discs between turn over. Who has no move passes; where nobody has one, the game is over.
 *
 * @param size squares along each side, an even number of 4 to 8
 * @param black squares with a black disc
 * @param white squares with a white disc
 * @param blackMoves whether it is black's turn
 */
record OthelloBoard(int size, long black, long white, boolean blackMoves) {
    private static final int[][] DIRECTIONS = {{-1, -1}, {-1, 0}, {-1, 1}, {0, -1}, {0, 1}, {1, -1}, {1, 0}, {1, 1}};

    OthelloBoard {
        if (size < 4 || size > 8 || size % 2 != 0 || (black & white) != 0) {
            throw new IllegalArgumentException("no board of size " + size);
        }
    }

    /** Four discs in the middle, black on the diagonal that rises to the right; black moves. */
    static OthelloBoard start(int size) {
        int upper = size / 2 - 1;
        int lower = size / 2;
        return new OthelloBoard(
                size,
                1L << upper * size + lower | 1L << lower * size + upper,
                1L << upper * size + upper | 1L << lower * size + lower,
                true);
    }

    /** Discs of the player whose turn it is. */
    long mine() {
        return blackMoves ? black : white;
    }

    /** Discs of the other player. */
    long theirs() {
        return blackMoves ? white : black;
    }

    /** The squares where the player may move, ascending; none where the turn has to pass. */
    int[] legalMoves() {
        return IntStream.range(0, size * size)
                .filter(square -> turned(square) != 0)
                .toArray();
    }

    /** The same position with the other player's turn. */
    OthelloBoard passed() {
        return new OthelloBoard(size, black, white, !blackMoves);
    }

    /** Whether neither player has a move. */
    boolean over() {
        return legalMoves().length == 0 && passed().legalMoves().length == 0;
    }

    /** The position after a move, with the other player's turn. */
    OthelloBoard after(int square) {
        long turned = turned(square);
        if (turned == 0) {
            throw new IllegalArgumentException("square " + square + " is not a legal move of " + this);
        }
        long mine = mine() | turned | 1L << square;
        long theirs = theirs() & ~turned;
        return new OthelloBoard(size, blackMoves ? mine : theirs, blackMoves ? theirs : mine, !blackMoves);
    }

    /** The same position with the disc of a square turned over, which no game may lead to. */
    OthelloBoard flipped(int square) {
        long bit = 1L << square;
        if (((black | white) & bit) == 0) {
            throw new IllegalArgumentException("square " + square + " is empty on " + this);
        }
        return new OthelloBoard(size, black ^ bit, white ^ bit, blackMoves);
    }

    /** The discs that a move turns over; none where it is not legal. */
    private long turned(int square) {
        if (((black | white) >>> square & 1) != 0) {
            return 0;
        }
        long turned = 0;
        for (int[] direction : DIRECTIONS) {
            turned |= turnedAlong(square, direction[0], direction[1]);
        }
        return turned;
    }

    private long turnedAlong(int square, int down, int right) {
        long mine = mine();
        long theirs = theirs();
        long between = 0;
        int row = square / size + down;
        int column = square % size + right;
        while (row >= 0 && row < size && column >= 0 && column < size) {
            long bit = 1L << row * size + column;
            if ((mine & bit) != 0) {
                return between;
            }
            if ((theirs & bit) == 0) {
                return 0;
            }
            between |= bit;
            row += down;
            column += right;
        }
        return 0;
    }
}
