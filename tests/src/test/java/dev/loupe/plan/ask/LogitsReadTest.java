package dev.loupe.plan.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.plan.ask.LogitsRead.Extent;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogitsReadTest {
    private static final LogitsRead A = new LogitsRead(Extent.AT, "END", List.of("b", "a", "b"));
    private static final LogitsRead C = new LogitsRead(Extent.AT, "END", List.of("c"));
    private static final LogitsRead WHOLE = new LogitsRead(Extent.AT, "END");
    private static final LogitsRead ELSEWHERE = new LogitsRead(Extent.AT, "S2");

    @Test
    void theLeastThatSatisfiesBoth() {
        assertThat(A.columns()).containsExactly("a", "b");
        assertThat(A.and(C)).isEqualTo(new LogitsRead(Extent.AT, "END", List.of("a", "b", "c")));
        assertThat(A.and(WHOLE)).isEqualTo(WHOLE);
        assertThat(WHOLE.and(A)).isEqualTo(WHOLE);
        assertThat(A.and(ELSEWHERE)).isEqualTo(LogitsRead.EVERYWHERE);
        assertThat(A.and(LogitsRead.EVERYWHERE)).isEqualTo(LogitsRead.EVERYWHERE);
        assertThat(LogitsRead.EVERYWHERE.and(A)).isEqualTo(LogitsRead.EVERYWHERE);
        assertThat(A.and(LogitsRead.NONE)).isEqualTo(A);
        assertThat(LogitsRead.NONE.and(A)).isEqualTo(A);
    }

    @Test
    void onlyWhereItIsRead() {
        assertThat(A.only()).isEqualTo(new LogitsRead(Extent.ONLY_AT, "END", List.of("a", "b")));
        assertThat(A.only().answersOnly()).isTrue();
        assertThat(A.answersOnly()).isFalse();
        assertThat(LogitsRead.EVERYWHERE.only()).isEqualTo(LogitsRead.EVERYWHERE);
        assertThat(LogitsRead.NONE.wanted()).isFalse();
        assertThat(A.wanted()).isTrue();
    }
}
