package dev.loupe.dataset.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OthelloBoardTest {
    /** Sequences of so many moves; a pass counts as a move, and a game that is over ends its sequence. */
    private static long perft(OthelloBoard board, int depth) {
        if (depth == 0) {
            return 1;
        }
        int[] legal = board.legalMoves();
        if (legal.length == 0) {
            return board.over() ? 1 : perft(board.passed(), depth - 1);
        }
        return IntStream.of(legal)
                .mapToLong(square -> perft(board.after(square), depth - 1))
                .sum();
    }

    /** Counts of 8 x 8 as published for engines, of smaller boards as another implementation counted them. */
    @ParameterizedTest
    @CsvSource({
        "8, 1, 4",
        "8, 2, 12",
        "8, 3, 56",
        "8, 4, 244",
        "8, 5, 1396",
        "8, 6, 8200",
        "8, 7, 55092",
        "6, 1, 4",
        "6, 2, 12",
        "6, 3, 56",
        "6, 4, 244",
        "6, 5, 1364",
        "6, 6, 7604",
        "4, 1, 4",
        "4, 2, 12",
        "4, 3, 44",
        "4, 4, 128",
        "4, 5, 424",
        "4, 6, 1256"
    })
    void countsMoveSequences(int size, int depth, long sequences) {
        assertThat(perft(OthelloBoard.start(size), depth)).isEqualTo(sequences);
    }
}
