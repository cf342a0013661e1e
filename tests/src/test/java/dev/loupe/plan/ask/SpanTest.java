package dev.loupe.plan.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpanTest {
    @Test
    void positionsFromTheFirstThatIsRun() {
        Span span = new Span(List.of(2, 0), List.of(3, 9));
        assertThat(span.from(0)).isEqualTo(2);
        assertThat(span.from(1)).isZero();
        assertThat(span.last(0, 6)).as("three of the four that are run").isEqualTo(3);
        assertThat(span.last(0, 4)).as("no more than are run").isEqualTo(2);
        assertThat(span.last(1, 8)).isEqualTo(8);
        assertThat(Span.ALL.last(1, 8)).isEqualTo(8);
        assertThat(Span.ALL.from(1)).isZero();
    }

    @Test
    void fromTheBeginningEverywhereIsAll() {
        assertThat(new Span(List.of(0, 0), List.of())).isEqualTo(Span.ALL);
        assertThat(Span.ALL.ending(List.of(1)).startingAt(List.of(2))).isEqualTo(new Span(List.of(2), List.of(1)));
    }
}
