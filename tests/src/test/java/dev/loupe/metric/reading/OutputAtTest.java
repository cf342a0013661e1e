package dev.loupe.metric.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.plan.ask.LogitsRead;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutputAtTest {
    private static TokenRows rows(int[][] tokens) {
        return new TokenRows(tokens, new int[0][], Map.of(), Map.of("END", new int[tokens.length]), Map.of());
    }

    @Test
    void aNameIsLookedUpWhereThereIsARow() {
        TokenRows one = rows(new int[][] {{1, 2}});
        assertThatCode(() -> OutputAt.check(one, "END")).doesNotThrowAnyException();
        assertThatThrownBy(() -> OutputAt.check(one, "MID")).hasMessageContaining("`MID`; it has END");
        assertThatCode(() -> OutputAt.check(rows(new int[0][]), "MID")).doesNotThrowAnyException();
    }

    @Test
    void everywhereNeedsEveryLogitAndANameItsOwn() {
        assertThat(OutputAt.read("everywhere", List.of("answer"))).isEqualTo(LogitsRead.EVERYWHERE);
        assertThat(OutputAt.read("END")).isEqualTo(new LogitsRead(LogitsRead.Extent.AT, "END", List.of()));
        assertThat(OutputAt.read("END", List.of("answer")).columns()).containsExactly("answer");
    }
}
