package dev.loupe.plan.ask;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.Site;
import java.util.List;
import org.junit.jupiter.api.Test;

/** 4096 tokens, 32 million logits and 32 million numbers of attention patterns, whichever is least. */
class BatchingTest {
    private static final LogitsRead ALL = LogitsRead.EVERYWHERE;

    private static int rows(int heads, int outputs, int length, int rows, LogitsRead logits) {
        ModelShape shape = new ModelShape(
                "transformer",
                3,
                8,
                heads,
                heads,
                4,
                32,
                outputs,
                outputs,
                16,
                false,
                false,
                false,
                false,
                false,
                0,
                List.of(),
                Site.K);
        return Batching.rows(shape, new RowsRef("r", "r", "r", List.of(new RowsRef.Bucket(length, rows))), logits);
    }

    @Test
    void aBatchIsAsLargeAsTheLeastOfItsLimits() {
        assertThat(rows(2, 50, 64, 1000, ALL)).as("4096 / 64 tokens").isEqualTo(64);
        assertThat(rows(2, 50, 64, 10, ALL)).as("there are no more").isEqualTo(10);
        assertThat(rows(2, 50_000, 64, 1000, ALL))
                .as("32 million / 3.2 million logits")
                .isEqualTo(10);
        assertThat(rows(2, 50_000, 64, 1000, LogitsRead.NONE)).isEqualTo(64);
        assertThat(rows(16, 50, 1000, 100, ALL))
                .as("32 million / 16 million, for patterns")
                .isEqualTo(2);
        assertThat(rows(2, 50, 5000, 100, ALL)).as("one row, however long").isEqualTo(1);
    }
}
