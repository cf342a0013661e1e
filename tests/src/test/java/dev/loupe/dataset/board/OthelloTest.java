package dev.loupe.dataset.board;

import static dev.loupe.dataset.Datasets.bind;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row is played again by rules written another way: on a board of characters, walked by steps of a padded line. */
class OthelloTest {
    private static TokenRows rows(String options) {
        Othello othello = bind(Othello.class, "{generator: othello, " + options + "}");
        return othello.read(new Sources(Path.of("."), othello.vocabularySize()));
    }

    /** A board with a border, `.` empty, `b` and `w` discs. */
    private static final class TextBoard {
        private final int size;
        private final int wide;
        private final char[] at;

        TextBoard(int size) {
            this.size = size;
            this.wide = size + 2;
            this.at = new char[wide * wide];
            Arrays.fill(at, '#');
            for (int square = 0; square < size * size; square++) {
                at[place(square)] = '.';
            }
            int low = size / 2;
            at[low * wide + low] = 'w';
            at[(low + 1) * wide + low + 1] = 'w';
            at[low * wide + low + 1] = 'b';
            at[(low + 1) * wide + low] = 'b';
        }

        int place(int square) {
            return (square / size + 1) * wide + square % size + 1;
        }

        List<Integer> turns(int place, char mover) {
            List<Integer> all = new ArrayList<>();
            char other = mover == 'b' ? 'w' : 'b';
            for (int step : new int[] {1, -1, wide, -wide, wide + 1, wide - 1, -wide + 1, -wide - 1}) {
                List<Integer> line = new ArrayList<>();
                int p = place + step;
                while (at[p] == other) {
                    line.add(p);
                    p += step;
                }
                if (at[p] == mover) {
                    all.addAll(line);
                }
            }
            return at[place] == '.' ? all : List.of();
        }

        Set<Integer> legal(char mover) {
            Set<Integer> ids = new HashSet<>();
            for (int square = 0, id = 0; square < size * size; square++) {
                int row = square / size;
                int column = square % size;
                boolean middle = row >= size / 2 - 1 && row <= size / 2 && column >= size / 2 - 1 && column <= size / 2;
                id += middle ? 0 : 1;
                if (!middle && !turns(place(square), mover).isEmpty()) {
                    ids.add(id);
                }
            }
            return ids;
        }

        void play(int id, char mover) {
            int left = id;
            for (int square = 0; square < size * size; square++) {
                int row = square / size;
                int column = square % size;
                boolean middle = row >= size / 2 - 1 && row <= size / 2 && column >= size / 2 - 1 && column <= size / 2;
                left -= middle ? 0 : 1;
                if (left == 0) {
                    List<Integer> turned = turns(place(square), mover);
                    assertThat(turned).isNotEmpty();
                    turned.forEach(p -> at[p] = mover);
                    at[place(square)] = mover;
                    return;
                }
            }
        }
    }

    private static char other(char mover) {
        return mover == 'b' ? 'w' : 'b';
    }

    private static String state(char disc, char mover) {
        return disc == '.' ? "empty" : disc == mover ? "mine" : "theirs";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "size: 6, rows: 60, seed: 1",
                "size: 6, passes: written, rows: 60, seed: 2",
                "size: 8, rows: 15, seed: 3",
                "size: 4, length: 8, rows: 100, seed: 4",
                "size: 4, length: 8, passes: written, rows: 100, seed: 5",
                "size: 6, flip: mine, rows: 60, seed: 6",
                "size: 6, flip: theirs, rows: 60, seed: 7",
                "size: 8, flip: theirs, passes: written, rows: 15, seed: 8"
            })
    void rowsAreGamesAndLabelsAreTheirBoards(String options) {
        TokenRows rows = rows(options);
        int size = options.charAt(6) - '0';
        boolean written = options.contains("written");
        for (int r = 0; r < rows.rows(); r++) {
            TextBoard board = new TextBoard(size);
            char mover = 'b';
            int query = rows.positions().get("QUERY")[r];
            for (int pos = 0; pos < rows.tokens()[r].length; pos++) {
                int token = rows.tokens()[r][pos];
                if (token == 0) {
                    assertThat(written).isTrue();
                    assertThat(board.legal(mover)).isEmpty();
                } else {
                    board.play(token, mover);
                }
                mover = other(mover);
                if (!written && board.legal(mover).isEmpty()) {
                    mover = other(mover);
                }
                Set<Integer> legal = board.legal(mover).isEmpty() ? Set.of(0) : board.legal(mover);
                assertThat(legal).contains(rows.target(r, pos));
                assertThat(rows.belongs("answer", r, pos)).isEqualTo(pos == query);
                labelsAre(rows, r, pos, board, mover);
                if (pos == query) {
                    assertThat(rows.ids("answer", r)).containsExactlyInAnyOrder(box(legal));
                    flipIs(rows, r, pos, board, mover, options);
                }
            }
        }
    }

    private static int[] box(Set<Integer> ids) {
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void labelsAre(TokenRows rows, int r, int pos, TextBoard board, char mover) {
        for (int square = 0; square < board.size * board.size; square++) {
            String name = "" + "abcdefgh".charAt(square % board.size) + (square / board.size + 1);
            char disc = board.at[board.place(square)];
            assertThat(rows.belongs("state-" + name + "." + state(disc, mover), r, pos))
                    .isTrue();
            assertThat(rows.belongs(
                            "colour-" + name + "." + (disc == '.' ? "empty" : disc == 'b' ? "black" : "white"), r, pos))
                    .isTrue();
            assertThat(rows.label("mine-" + name).values()[r][pos])
                    .isEqualTo(disc == '.' ? Label.LEFT_OUT : disc == mover ? 1 : 0);
            assertThat(rows.label("black-" + name).values()[r][pos])
                    .isEqualTo(disc == '.' ? Label.LEFT_OUT : disc == 'b' ? 1 : 0);
        }
    }

    private static void flipIs(TokenRows rows, int r, int query, TextBoard board, char mover, String options) {
        if (!options.contains("flip")) {
            assertThat(rows.labels()).doesNotContainKey("flipped");
            return;
        }
        int square = rows.label("flipped").values()[r][query];
        int place = board.place(square);
        assertThat(board.at[place]).isEqualTo(options.contains("mine") ? mover : other(mover));
        char before = board.at[place];
        Set<Integer> legal = board.legal(mover);
        board.at[place] = other(before);
        assertThat(rows.ids("flipped-legal", r)).containsExactlyInAnyOrder(box(board.legal(mover)));
        assertThat(board.legal(mover)).isNotEqualTo(legal).isNotEmpty();
        board.at[place] = before;
        int[] all = rows.label("flipped").values()[r];
        assertThat(Arrays.stream(all).filter(value -> value != Label.NONE).count())
                .isEqualTo(1);
    }

    @Test
    void heldOutGamesAreNeverTrained() {
        Set<String> train = new HashSet<>();
        for (int[] row :
                rows("size: 4, length: 5, split: train, rows: 2000, seed: 1").tokens()) {
            train.add(Arrays.toString(row));
        }
        for (int[] row :
                rows("size: 4, length: 5, split: test, rows: 200, seed: 2").tokens()) {
            assertThat(train).doesNotContain(Arrays.toString(row));
        }
    }

    @Test
    void passesHappenAndAreWrittenWhereThatIsAsked() {
        TokenRows written = rows("size: 4, length: 8, passes: written, rows: 200, seed: 9");
        assertThat(Arrays.stream(written.tokens()).flatMapToInt(Arrays::stream)).contains(0);
        TokenRows skipped = rows("size: 4, length: 8, rows: 200, seed: 9");
        assertThat(Arrays.stream(skipped.tokens()).flatMapToInt(Arrays::stream)).doesNotContain(0);
    }

    @Test
    void optionsThatNoGameFitsAreRefused() {
        assertThatThrownBy(() -> rows("size: 5, seed: 1")).hasMessageContaining("`size` must be 4, 6 or 8, not 5");
        assertThatThrownBy(() -> rows("size: 4, length: 12, seed: 1")).hasMessageContaining("1 to 11");
        Othello othello = bind(Othello.class, "{generator: othello, size: 8, seed: 1}");
        assertThatThrownBy(() -> othello.read(new Sources(Path.of("."), 33)))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("vocabulary of 61");
    }
}
