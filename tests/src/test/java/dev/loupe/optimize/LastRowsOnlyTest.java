package dev.loupe.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.Forward;
import dev.loupe.plan.ask.BatchSize;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.RunExtent;
import dev.loupe.plan.ask.Span;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.EditValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows of six tokens that are read from the fourth on, and of eight that are read from the first on. */
class LastRowsOnlyTest {
    private static final LogitsRead ONLY = new LogitsRead(LogitsRead.Extent.ONLY_AT, "END");
    private static final RowsRef ROWS = new RowsRef(
            "rows",
            "rows",
            "rows",
            List.of(
                    new RowsRef.Bucket(6, 4, List.of(), Map.of("END", new RowsRef.Places(3, 2))),
                    new RowsRef.Bucket(8, 2, List.of(), Map.of("END", new RowsRef.Places(0, 1)))));

    private static Forward run(List<Cell> cells, LogitsRead logits, Span span, HookPoint... captures) {
        return new Forward(
                1,
                0,
                WrittenPlans.MODEL,
                ROWS,
                cells,
                List.of(captures),
                logits,
                RunExtent.upTo(3).spanning(span, -1),
                new BatchSize(4, 1));
    }

    private static boolean cuts(Forward run) {
        return new LastRowsOnly().apply(WrittenPlans.plan(Map.of(), run)).isPresent();
    }

    @Test
    void theLastBlockEndsWithThePositionsThatAreRead() {
        Forward run = run(List.of(Cell.CLEAN), ONLY, Span.ALL);
        Rule.Rewrite rewrite =
                new LastRowsOnly().apply(WrittenPlans.plan(Map.of(), run)).orElseThrow();
        assertThat(rewrite.did()).isEqualTo("1 forward pass ends with the positions that are read");
        assertThat(rewrite.plan().forward(1).span().last()).containsExactly(3, 8);
        assertThat(rewrite.plan().forward(1).resumeFrom()).isEqualTo(-1);
        // Three of six positions of four rows spare queries, patterns, the outputs of heads, and the MLP in one of
        // three blocks.
        long position = 2 * 8 * 8 + 4 * 6 * 8 + 2 * 8 * 8 + 2 * 2 * 8 * 32;
        assertThat(run.flops() - rewrite.plan().flops()).isEqualTo(4 * 3 * position);
        assertThat(new LastRowsOnly().apply(rewrite.plan())).isEmpty();
    }

    @Test
    void nothingIsCutWhereMoreIsNeeded() {
        HookPoint z = HookPoint.of(Site.Z, 1);
        List<Cell> clean = List.of(Cell.CLEAN);
        assertThat(cuts(run(clean, WrittenPlans.AT_END, Span.ALL))).isFalse();
        assertThat(cuts(run(clean, ONLY, Span.ALL, z))).as("a capture").isFalse();
        assertThat(cuts(run(List.of(WrittenPlans.writes(0, z, new EditValue.Zero())), ONLY, Span.ALL)))
                .as("an edit of each position by itself")
                .isTrue();
        HookPoint last = HookPoint.of(Site.LN_FINAL_NORMALIZED, -1);
        assertThat(cuts(run(List.of(WrittenPlans.writes(0, last, new EditValue.Zero())), ONLY, Span.ALL)))
                .as("an edit after the blocks")
                .isFalse();
        assertThat(suffix(3)).as("what is read is all that is run").isEmpty();
        assertThat(suffix(2)).isPresent();
    }

    /** A run of the short rows' positions from one on, keys and values of those before taken from a clean run. */
    private static Optional<Rule.Rewrite> suffix(int from) {
        Forward whole = run(List.of(Cell.CLEAN), ONLY, Span.ALL);
        Forward part = whole.part(2, List.of(WrittenPlans.writes(0, HookPoint.of(Site.Z, 1), new EditValue.Zero())))
                .spanning(new Span(List.of(from, 0), List.of()), 1);
        Forward base = whole.with(part.needed(), LogitsRead.NONE, 3);
        return new LastRowsOnly().apply(WrittenPlans.plan(Map.of(), base, part));
    }
}
