package dev.loupe.dataset.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelTest {
    private static final int[][] TOKENS = {{1, 2, 3}, {4, 5}};

    private static TokenRows rows(Map<String, Label> labels) {
        return new TokenRows(
                TOKENS,
                new int[0][],
                Map.of("first", new boolean[][] {{true, false, false}, {true, false}}),
                Map.of("END", new int[] {2, 1}),
                Map.of(),
                Map.of(),
                labels,
                new int[0]);
    }

    @Test
    void everyKindAllowsItsOwnNumbers() {
        assertThatThrownBy(() -> Label.flag(new int[][] {{0, 2}}))
                .hasMessage("a label of kind BOOLEAN has the value 2");
        assertThatThrownBy(() -> Label.pointer(new int[][] {{0, 1}, {2, 0}})).hasMessageContaining("value 2");
        assertThatThrownBy(() -> Label.ordinal(new int[][] {{-3}})).hasMessageContaining("value -3");
        assertThatThrownBy(() -> Label.category(List.of("a", "b"), new int[][] {{2}}))
                .hasMessageContaining("value 2");
        assertThatThrownBy(() -> Label.category(List.of("a", "a"), new int[][] {{0}}))
                .hasMessageContaining("same name twice");
        assertThatThrownBy(() -> Label.category(List.of(), new int[][] {{0}})).hasMessageContaining("names");
        assertThat(Label.ordinal(new int[][] {{0, 3}, {Label.NONE, 1}}).names()).containsExactly("0", "1", "2", "3");
        assertThat(Label.ordinal(new int[][] {{Label.NONE}}).names()).isEmpty();
    }

    @Test
    void aLabelHasOneValueForEachToken() {
        assertThatThrownBy(() -> rows(Map.of("deep", Label.ordinal(new int[][] {{0, 1, 2}, {0}}))))
                .hasMessage("label `deep` does not have one value for each token");
        assertThatThrownBy(() -> rows(Map.of("first", Label.flag(new int[][] {{0, 1, 1}, {0, 0}}))))
                .hasMessage("label `first` has the name of a position class");
        assertThatThrownBy(() -> new TokenRows(
                        TOKENS, new int[0][], Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), new int[] {1}))
                .hasMessage("1 documents for 2 rows");
    }

    @Test
    void valuesAreClasses() {
        TokenRows rows = rows(Map.of(
                "quoted", Label.flag(new int[][] {{1, 0, Label.LEFT_OUT}, {0, 1}}),
                "depth", Label.ordinal(new int[][] {{0, 2, 2}, {1, Label.NONE}}),
                "colon",
                        Label.category(List.of("slice", "dict"), new int[][] {
                            {Label.NONE, 0, 1}, {Label.NONE, Label.LEFT_OUT}
                        })));
        assertThat(where(rows, "quoted")).isEqualTo("100 01");
        assertThat(where(rows, "depth.2")).isEqualTo("011 00");
        assertThat(where(rows, "colon.slice")).isEqualTo("010 00");
        assertThat(where(rows, "colon.dict")).isEqualTo("001 00");
        assertThat(where(rows, "first")).isEqualTo("100 10");
        assertThat(where(rows, "END")).isEqualTo("001 01");
        assertThat(rows.places())
                .containsExactlyInAnyOrder(
                        "first", "END", "quoted", "depth.0", "depth.1", "depth.2", "colon.slice", "colon.dict");
        for (String none : List.of("colon", "depth", "colon.block", "depth.3", "depth.-1", "quoted.true")) {
            assertThatThrownBy(() -> rows.place(none)).as(none).hasMessageContaining("`" + none + "`");
        }
        assertThat(rows.document(1)).isEqualTo(1);
    }

    private static String where(TokenRows rows, String name) {
        StringBuilder out = new StringBuilder();
        for (int row = 0; row < rows.rows(); row++) {
            out.append(row == 0 ? "" : " ");
            for (int pos = 0; pos < rows.tokens()[row].length; pos++) {
                out.append(rows.belongs(name, row, pos) ? 1 : 0);
            }
        }
        return out.toString();
    }
}
