package dev.loupe.dataset.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Positions by number in two rows, of four and of three tokens. */
class NamedSpansTest {
    private static final TokenRows ROWS = new TokenRows(
            new int[][] {{9, 8, 7, 6}, {5, 4, 3}},
            new int[0][],
            Map.of("asked", new boolean[][] {{true, false, false, false}, {false, false, false}}),
            Map.of("END", new int[] {3, 2}),
            Map.of());

    private static TokenRows named(String name, String span) {
        return NamedSpans.name(ROWS, Map.of(name, PositionSpan.parse(span)));
    }

    @Test
    void aRangeIsAClassOfEachRow() {
        assertThat(named("x", "1..2").classes().get("x"))
                .isDeepEqualTo(new boolean[][] {{false, true, true, false}, {false, true, true}});
        assertThat(named("x", "2..").classes().get("x"))
                .isDeepEqualTo(new boolean[][] {{false, false, true, true}, {false, false, true}});
        assertThat(named("x", "..0").classes().get("x"))
                .isDeepEqualTo(new boolean[][] {{true, false, false, false}, {true, false, false}});
        assertThat(named("x", "-2..-1").classes().get("x"))
                .isDeepEqualTo(new boolean[][] {{false, false, true, true}, {false, true, true}});
        assertThat(named("x", "1..-2").classes().get("x"))
                .isDeepEqualTo(new boolean[][] {{false, true, true, false}, {false, true, false}});
    }

    @Test
    void oneNumberIsAPositionOfEachRow() {
        assertThat(named("x", "1").positions().get("x")).containsExactly(1, 1);
        assertThat(named("x", "-3").positions().get("x")).containsExactly(1, 0);
        assertThat(named("x", "1").classes()).containsOnlyKeys("asked");
    }

    @Test
    void whatWasThereStays() {
        TokenRows named = named("x", "1..2");
        assertThat(named.tokens()).isSameAs(ROWS.tokens());
        assertThat(named.positions()).isEqualTo(ROWS.positions());
        assertThat(named.classes().get("asked")).isSameAs(ROWS.classes().get("asked"));
        assertThat(NamedSpans.name(ROWS, Map.of())).isSameAs(ROWS);
    }

    @Test
    void aRowWithoutSuchPositionsIsNamed() {
        assertThatThrownBy(() -> named("x", "2..3"))
                .isInstanceOf(DatasetException.class)
                .hasMessage("`x: 2..3` is outside row 1, which has 3 tokens, positions 0..2")
                .extracting(e -> ((DatasetException) e).option())
                .isEqualTo("positions.x");
        assertThatThrownBy(() -> named("x", "3..")).hasMessageContaining("`x: 3..` is outside row 1");
        assertThatThrownBy(() -> named("x", "-4..")).hasMessageContaining("`x: -4..` is outside row 1");
        assertThatThrownBy(() -> named("x", "3")).hasMessageContaining("`x: 3` is outside row 1");
        assertThatThrownBy(() -> named("x", "2..-2")).hasMessageContaining("`x: 2..-2` is outside row 1");
    }

    @Test
    void aNameIsGivenOnce() {
        assertThatThrownBy(() -> named("END", "0")).hasMessageContaining("has a name `END` already");
        assertThatThrownBy(() -> named("asked", "0..1")).hasMessageContaining("has a name `asked` already");
        assertThatThrownBy(() -> named("everywhere", "0..1")).hasMessageContaining("every position already");
        assertThatThrownBy(() -> named("depth.2", "0..1")).hasMessageContaining("letters, digits");
    }

    @Test
    void onlyRangesAndNumbersAreRead() {
        assertThat(PositionSpan.parse("40..")).hasToString("40..");
        assertThat(PositionSpan.parse("-8..-1")).isEqualTo(PositionSpan.parse("-8.."));
        for (String wrong : new String[] {"", "..", "a..b", "1...3", "1..2..3", "1-3", "12.5"}) {
            assertThatThrownBy(() -> PositionSpan.parse(wrong)).hasMessageContaining("names no positions");
        }
        assertThatThrownBy(() -> PositionSpan.parse("5..2")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> PositionSpan.parse("-1..-2")).hasMessageContaining("is empty");
    }
}
