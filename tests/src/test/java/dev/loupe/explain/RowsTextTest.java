package dev.loupe.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.dataset.rows.Label;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.resolve.rows.RowSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowsTextTest {
    @Test
    void labelsAndDocumentsAreShownWithTheirPositions() {
        TokenRows rows = new TokenRows(
                new int[][] {{5, 6, 7, 8, 9}},
                new int[0][],
                Map.of("first", new boolean[][] {{true, false, false, false, false}}),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(
                        "colon",
                        Label.category(List.of("slice", "dict"), new int[][] {{1, 1, Label.LEFT_OUT, Label.NONE, 0}}),
                        "depth",
                        Label.ordinal(new int[][] {{0, 0, 2, 2, 2}}),
                        "quoted",
                        Label.flag(new int[][] {{0, 1, 1, 0, 1}}),
                        "opener",
                        Label.pointer(new int[][] {{-1, -1, 0, -1, 3}})),
                new int[] {12});
        RowSet set =
                new RowSet(new RowsRef("text", "x", "x", List.of()), rows, List.of(new int[] {0}), Integer::toString);
        assertThat(RowsText.render(set, null, "a-model", "no BOS token", 3)).isEqualTo("""
                text for a-model: 1 row of 5 tokens, no BOS token
                  label colon in all rows: dict: 2 tokens of 1 document; slice: 1 token of 1 document; 1 token left out
                  label depth in all rows: 2: 3 tokens of 1 document; 0: 2 tokens of 1 document; 1: 0 tokens of 0 documents
                  label quoted in all rows: 3 tokens of 1 document
                  0  5|6|7|8|9
                     class first: 0
                     label colon: left out 2 "7"; slice at 4 "9"; dict at 0-1 "5|6"
                     label depth: 0 at 0-1 "5|6"; 2 at 2-4 "7|8|9"
                     label opener: 2 to 0, 4 to 3
                     label quoted: 1-2 "6|7", 4 "9"
                     document: 12
                """);
    }
}
