package dev.loupe.analysis.heads;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Targets and counted queries of the row 7 8 7 7 8, of which query 3 is asked for 8 and the last for 8 or 9. */
class HeadScoreKindTest {
    private static final int[] TOKENS = {7, 8, 7, 7, 8};
    private static final int[][] ASKED = {{}, {}, {5}, {8}, {8, 9}};

    private static String targets(HeadScoreKind kind, int query) {
        StringBuilder text = new StringBuilder();
        kind.targets(TOKENS, ASKED[query], query, text::append);
        return text.length() == 0 ? "-" : text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "PREV, - 0 1 2 3",
        "DUP, - - 0 02 1",
        "IND, - - 1 1 2",
        "MUL_IND, - - 1 13 2",
        "CUR, 0 1 2 3 4",
        "FIRST, 0 0 0 0 0",
        "NEXT, - - - 1 14"
    })
    void aQueryHasTheseTargets(HeadScoreKind kind, String wanted) {
        String[] each = wanted.split(" ");
        for (int query = 0; query < 5; query++) {
            assertThat(targets(kind, query)).as(kind + " " + query).isEqualTo(each[query]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PREV, 00111",
        "DUP, 00111",
        "IND, 00111",
        "CUR, 01111",
        "FIRST, 01111",
        "NEXT, 00011",
        "MUL_IND, 11111",
        "ABS_DUP, 11111"
    })
    void theseQueriesCount(HeadScoreKind kind, String wanted) {
        for (int query = 0; query < 5; query++) {
            assertThat(kind.counts(TOKENS, ASKED[query], query))
                    .as(kind + " " + query)
                    .isEqualTo(wanted.charAt(query) == '1');
        }
    }

    /** The token that is asked for may be the query itself: it stands in the context too. */
    @ParameterizedTest
    @CsvSource({"0, 7, true", "0, 8, false", "1, 8, true", "4, 5, false"})
    void theQueryBelongsToItsContext(int query, int asked, boolean wanted) {
        assertThat(HeadScoreKind.NEXT.counts(TOKENS, new int[] {asked}, query)).isEqualTo(wanted);
    }
}
