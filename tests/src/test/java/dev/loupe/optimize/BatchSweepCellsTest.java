package dev.loupe.optimize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.ask.BatchSize;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.RunExtent;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.EditValue;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchSweepCellsTest {
    private static final HookPoint Z = HookPoint.of(Site.Z, 1);

    private static Forward sweep(int cells, int length, int rows) {
        List<Cell> all = IntStream.range(0, cells)
                .mapToObj(c -> WrittenPlans.writes(c, Z, new EditValue.Zero()))
                .toList();
        RowsRef of = new RowsRef("rows", "rows", "rows", List.of(new RowsRef.Bucket(length, rows)));
        return new Forward(
                1,
                0,
                WrittenPlans.MODEL,
                of,
                all,
                List.of(),
                WrittenPlans.AT_END,
                RunExtent.upTo(3),
                new BatchSize(4, 1));
    }

    private static ExecutionPlan plan(Forward sweep) {
        return WrittenPlans.plan(Map.of(), sweep);
    }

    private static int together(Forward sweep) {
        return new BatchSweepCells()
                .apply(plan(sweep))
                .map(rewrite -> rewrite.plan().forward(1).cellsPerBatch())
                .orElse(1);
    }

    /** 4096 tokens are four rows of 64 in sixteen cells: 40 cells are three batches of 14, 14 and 12. */
    @Test
    void batchesAreEqualAndOfAFixedNumberOfTokens() {
        assertThat(together(sweep(40, 64, 4))).isEqualTo(14);
        assertThat(together(sweep(16, 64, 4))).isEqualTo(16);
        assertThat(together(sweep(17, 64, 4))).isEqualTo(9);
        assertThat(together(sweep(40, 64, 2)))
                .as("two rows are half as many tokens")
                .isEqualTo(20);
        assertThat(together(sweep(40, 64, 400))).as("four rows a batch").isEqualTo(14);
        assertThat(together(sweep(40, 1024, 4))).isEqualTo(1);
        assertThat(together(sweep(40, 512, 4))).isEqualTo(2);
        assertThat(together(sweep(1, 64, 4))).isEqualTo(1);
    }

    @Test
    void whatWasDoneIsCounted() {
        assertThat(new BatchSweepCells()
                        .apply(plan(sweep(40, 64, 4)))
                        .orElseThrow()
                        .did())
                .isEqualTo("40 batches of edited rows become 3");
        assertThat(new BatchSweepCells().apply(plan(sweep(40, 2048, 4)))).isEmpty();
        ExecutionPlan once = new BatchSweepCells()
                .apply(plan(sweep(40, 64, 4)))
                .orElseThrow()
                .plan();
        assertThat(new BatchSweepCells().apply(once)).isEmpty();
    }
}
