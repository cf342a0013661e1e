package dev.loupe.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.BatchSize;
import dev.loupe.plan.ask.Estimate;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.RunExtent;
import dev.loupe.plan.ask.Span;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.IncomingEdges;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Three layers of width 8, six query heads of 4 that share two of keys and values, an MLP of 32 and 50 outputs, on rows of 6 tokens: a
 * product of m x k and k x n takes 2 m k n operations.
 */
class CostTest {
    private static final long QUERIES = 2 * 6 * 8 * 24;
    private static final long KEYS_AND_VALUES = 2 * (2 * 6 * 8 * 8);
    private static final long SCORES_AND_MIX = 2 * (2 * 6 * 6 * 24);
    private static final long OUT = 2 * 6 * 24 * 8;
    private static final long MLP = 2 * (2 * 6 * 8 * 32);
    private static final long BLOCK = QUERIES + KEYS_AND_VALUES + SCORES_AND_MIX + OUT + MLP;
    private static final RowsRef ROWS = new RowsRef(
            "rows",
            "rows",
            "rows",
            List.of(new RowsRef.Bucket(6, 5, List.of(), Map.of("END", new RowsRef.Places(5, 1)))));

    private static ModelRef model(boolean attentionOnly, boolean gated) {
        return new ModelRef(
                "m",
                "m",
                new ModelShape(
                        "transformer",
                        3,
                        8,
                        6,
                        2,
                        4,
                        32,
                        50,
                        50,
                        16,
                        attentionOnly,
                        gated,
                        false,
                        false,
                        false,
                        0,
                        List.of(),
                        Site.K));
    }

    private static Forward run(ModelRef model, LogitsRead logits, RunExtent extent) {
        return new Forward(1, 0, model, ROWS, List.of(Cell.CLEAN), List.of(), logits, extent, new BatchSize(2, 1));
    }

    private static long blocks(ModelRef model, int stop) {
        return kept(model, stop, HookPoint.of(Site.RESID_POST, stop - 1));
    }

    @Test
    void aBlockIsItsProducts() {
        assertThat(blocks(model(false, false), 1)).isEqualTo(5 * BLOCK);
        assertThat(blocks(model(false, false), 3)).isEqualTo(5 * 3 * BLOCK);
        assertThat(blocks(model(true, false), 2)).isEqualTo(5 * 2 * (BLOCK - MLP));
        assertThat(blocks(model(false, true), 2)).isEqualTo(5 * 2 * (BLOCK + MLP / 2));
        assertThat(Cost.block(model(false, false).shape(), 6)).isEqualTo(BLOCK);
        assertThat(Cost.block(model(false, true).shape(), 6)).isEqualTo(BLOCK + MLP / 2);
        assertThat(Cost.block(model(true, false).shape(), 6)).isEqualTo(BLOCK - MLP);
    }

    /** Patterns need no MLP, neurons not what the MLP writes: half of it, or a third of a gated one. */
    @Test
    void aRunEndsWhereItsLastReadingIs() {
        Map<Site, Long> saved = Map.of(
                Site.PATTERN,
                MLP,
                Site.ATTN_OUT,
                MLP,
                Site.RESID_MID,
                MLP,
                Site.MLP_PRE,
                MLP / 2,
                Site.MLP_POST,
                MLP / 2,
                Site.MLP_OUT,
                0L,
                Site.RESID_POST,
                0L,
                Site.FEATURES,
                0L);
        saved.forEach((site, left) -> {
            assertThat(kept(model(false, false), 2, HookPoint.of(site, 1)))
                    .as(site.name())
                    .isEqualTo(5 * (2 * BLOCK - left));
            assertThat(kept(model(false, true), 2, HookPoint.of(site, 1)))
                    .as("gated, " + site.name())
                    .isEqualTo(5 * (2 * BLOCK + MLP - (left == MLP ? MLP + MLP / 2 : left)));
        });
        assertThat(kept(model(false, false), 2, HookPoint.of(Site.MLP_POST, 0)))
                .as("nothing is read in the last block")
                .isEqualTo(5 * (2 * BLOCK - MLP));
        assertThat(kept(model(false, false), 2, HookPoint.of(Site.MLP_POST, 0), HookPoint.of(Site.Z, 1)))
                .isEqualTo(5 * (2 * BLOCK - MLP));
        assertThat(kept(model(false, false), 2, HookPoint.of(Site.Z, 1), HookPoint.of(Site.MLP_POST, 1)))
                .isEqualTo(5 * (2 * BLOCK - MLP / 2));
        assertThat(kept(model(true, false), 2, HookPoint.of(Site.PATTERN, 1))).isEqualTo(5 * 2 * (BLOCK - MLP));
    }

    private static long kept(ModelRef model, int stop, HookPoint... captures) {
        return run(model, LogitsRead.NONE, RunExtent.upTo(stop))
                .with(List.of(captures), LogitsRead.NONE, stop)
                .flops();
    }

    @Test
    void aRunThatBeginsInsideABlockLeavesOutWhatLiesBefore() {
        long[] saved = {0, QUERIES + KEYS_AND_VALUES, QUERIES + KEYS_AND_VALUES + SCORES_AND_MIX, BLOCK - MLP};
        Site[] entries = {Site.RESID_PRE, Site.Q, Site.Z, Site.RESID_MID};
        for (int e = 0; e < entries.length; e++) {
            Forward run = run(
                            model(false, false),
                            LogitsRead.NONE,
                            RunExtent.upTo(3).resuming(0, 1, entries[e]))
                    .with(List.of(HookPoint.of(Site.RESID_POST, 2)), LogitsRead.NONE, 3);
            assertThat(run.flops()).as(entries[e].name()).isEqualTo(5 * (2 * BLOCK - saved[e]));
        }
    }

    /** Everywhere six positions of 50 outputs; at the end one, of as many columns as the rows of a batch ask for. */
    @Test
    void logitsAreMadeWhereTheyAreRead() {
        ModelRef model = model(false, false);
        long without = blocks(model, 3);
        assertThat(run(model, LogitsRead.EVERYWHERE, RunExtent.upTo(3)).flops() - without)
                .isEqualTo(5 * 2 * 6 * 8 * 50);
        assertThat(run(model, new LogitsRead(LogitsRead.Extent.AT, "END"), RunExtent.upTo(3))
                                .flops()
                        - without)
                .isEqualTo(5 * 2 * 6 * 8 * 50);
        assertThat(run(model, new LogitsRead(LogitsRead.Extent.ONLY_AT, "END"), RunExtent.upTo(3))
                                .flops()
                        - without)
                .isEqualTo(5 * 2 * 8 * 50);
        LogitsRead three = new LogitsRead(LogitsRead.Extent.ONLY_AT, "END", List.of("a", "b", "c"));
        assertThat(run(model, three, RunExtent.upTo(3)).flops() - without).isEqualTo(5 * 2 * 8 * (2 * 3));
        Forward all = run(model, three, RunExtent.upTo(3)).inBatchesOfRows(40);
        assertThat(all.flops() - without).as("of five rows").isEqualTo(5 * 2 * 8 * (5 * 3));
    }

    private record Gradients(int steps, LogitsRead logits) implements Estimate {
        @Override
        public List<HookPoint> outputs(ModelShape shape) {
            return List.of();
        }

        @Override
        public List<HookPoint> inputs(ModelShape shape) {
            return List.of();
        }

        @Override
        public List<Axis> axes(ModelShape shape) {
            return List.of();
        }

        @Override
        public String label() {
            return "gradients";
        }
    }

    /** Both runs and one backward pass, or a run without a gradient each and a forward and backward pass for each step. */
    @Test
    void aGradientCostsAnotherRun() {
        ModelRef model = model(false, false);
        long logits = 2 * 2 * 8 * 50;
        for (int steps : new int[] {1, 4}) {
            Differentiate everywhere =
                    new Differentiate(1, new Gradients(steps, LogitsRead.EVERYWHERE), 0, model, ROWS, ROWS, 2);
            int passes = steps == 1 ? 3 : 2 + 2 * steps;
            assertThat(everywhere.flops()).isEqualTo(5 * (3 * BLOCK * passes + 6 * logits * steps));
        }
    }

    @Test
    void aBlockThatIsAloneIsEnteredWhereTheRunBegins() {
        Forward run =
                run(model(false, false), LogitsRead.NONE, RunExtent.upTo(2).resuming(0, 1, Site.Q));
        long entered = BLOCK - QUERIES - KEYS_AND_VALUES;
        assertThat(run.with(List.of(HookPoint.of(Site.RESID_POST, 1)), LogitsRead.NONE, 2)
                        .flops())
                .isEqualTo(5 * entered);
        assertThat(run.with(List.of(HookPoint.of(Site.PATTERN, 1)), LogitsRead.NONE, 2)
                        .flops())
                .as("and left before its MLP")
                .isEqualTo(5 * (entered - MLP));
    }

    /** Of six positions the last four are run, and of these the last block makes queries and more at two. */
    @Test
    void positionsThatAreLeftOutCostNothing() {
        LogitsRead end = new LogitsRead(LogitsRead.Extent.ONLY_AT, "END");
        Span span = new Span(List.of(2), List.of(2));
        long logits = 2 * 8 * 50;
        assertThat(run(model(false, false), end, RunExtent.upTo(3).spanning(span, 0))
                        .flops())
                .isEqualTo(5 * (2 * block(4) + block(2) + logits));
    }

    /** A block with keys and values at four positions, six keys to look at, and all else at some. */
    private static long block(long queries) {
        return 2 * queries * 8 * 24
                + 2 * (2 * 4 * 8 * 8)
                + 2 * (2 * queries * 6 * 24)
                + 2 * queries * 24 * 8
                + 2 * (2 * queries * 8 * 32);
    }

    /**
     * An edge into a query adds a product of [6 heads, 1] with the embedding of six positions, one into it from a head a product
     * of [6, 6] with what six heads write: in every row once, however many other cells there are.
     */
    @Test
    void editsAndCellsCostWhatTheyAdd() {
        Forward plain = run(model(false, false), LogitsRead.EVERYWHERE, RunExtent.upTo(3));
        Edit edge = new Edit(
                HookPoint.of(Site.Q_INPUT, 1),
                List.of(),
                new Positions.All(),
                new IncomingEdges(
                        0,
                        List.of(
                                new IncomingEdges.Incoming(0, HookPoint.of(Site.EMBED), 0),
                                new IncomingEdges.Incoming(1, HookPoint.of(Site.RESULT, 0), 2))));
        long added = 2 * 6 * (1 + 6) * 8 * 6;
        Forward edited = plain.part(1, List.of(Cell.CLEAN, new Cell(1, List.of(edge))));
        assertThat(edited.flops()).isEqualTo(2 * plain.flops() + 5 * added);
        assertThat(edited.flopsBefore(2)).isEqualTo(5 * (2 * 2 * BLOCK + added));
    }
}
