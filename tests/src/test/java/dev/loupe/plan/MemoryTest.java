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
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.IncomingEdges;
import dev.loupe.plan.values.AgreeModels;
import dev.loupe.result.Axis;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Three layers of width 8, six query heads of 4 that share two of keys and values, an MLP of 64 and 50 outputs, on rows of 6 tokens:
 * elements counted by hand, four bytes each.
 */
class MemoryTest {
    private static final HookPoint Z = HookPoint.of(Site.Z, 1);
    private static final RowsRef ROWS = new RowsRef("rows", "rows", "rows", List.of(new RowsRef.Bucket(6, 5)));

    /** Queries, keys and values of a position. */
    private static final long QKV = 4 * (6 + 2 * 2);

    private static ModelShape shape(boolean attentionOnly, boolean gated, int outputs) {
        return new ModelShape(
                "transformer",
                3,
                8,
                6,
                2,
                4,
                64,
                outputs,
                outputs,
                16,
                attentionOnly,
                gated,
                false,
                false,
                false,
                1000,
                List.of(),
                Site.K);
    }

    private static ModelRef model(String name) {
        return new ModelRef(name, name, shape(false, false, 50));
    }

    private static Forward run(ModelShape shape, LogitsRead logits, Span span, int rows, HookPoint... captures) {
        return new Forward(
                1,
                0,
                new ModelRef("m", "m", shape),
                ROWS,
                List.of(Cell.CLEAN),
                List.of(captures),
                logits,
                RunExtent.upTo(3).spanning(span, -1),
                new BatchSize(rows, 1));
    }

    private static Forward run(ModelShape shape) {
        return run(shape, LogitsRead.NONE, Span.ALL, 2);
    }

    @Test
    void aBatchIsTheWidestPartOfABlockAndWhatIsKept() {
        long resid = 3 * 6 * 8;
        long attention = 6 * QKV + 2 * 6 * 6 * 6;
        long mlp = 3 * 6 * 64;
        assertThat(attention).isLessThan(mlp);
        assertThat(Memory.batch(run(shape(false, false, 50)))).isEqualTo(4 * 2 * (mlp + resid));
        assertThat(Memory.batch(run(shape(true, false, 50)))).isEqualTo(4 * 2 * (attention + resid));
        assertThat(Memory.batch(run(shape(false, false, 50), LogitsRead.NONE, Span.ALL, 2, Z)))
                .as("a capture of six heads of 4")
                .isEqualTo(4 * 2 * (mlp + resid + 6 * 24));
        assertThat(Memory.batch(run(shape(false, false, 50), LogitsRead.EVERYWHERE, Span.ALL, 2)))
                .as("logits and their log-probabilities")
                .isEqualTo(4 * 2 * (mlp + resid + 2 * 6 * 50));
        assertThat(Memory.batch(run(shape(false, false, 50), LogitsRead.NONE, Span.ALL, 40)))
                .as("all five rows")
                .isEqualTo(4 * 5 * (mlp + resid));
    }

    /** Two positions are left out, whose keys and values of three layers wait. */
    @Test
    void whatIsLeftOutWaitsAsKeysAndValues() {
        Span four = new Span(List.of(2), List.of());
        long past = 2 * 2 * (2 * 4) * 3;
        Forward run = run(shape(false, false, 50), LogitsRead.NONE, four, 2);
        assertThat(Memory.batch(run)).isEqualTo(4 * 2 * (3 * 4 * 64 + 3 * 4 * 8 + past));
        long block = 4 * (3 * QKV + 4 * 64 + 10 * 8) + 3 * 6 * 4 * 6;
        assertThat(Memory.resident(run)).isEqualTo(4 * 2 * (block + past));
        assertThat(Memory.resident(run.with(List.of(), LogitsRead.NONE, 1)))
                .as("of one layer alone")
                .isEqualTo(4 * 2 * (block + past / 3));
    }

    @Test
    void whatIsResidentIsAWholeBlockOrTheLogits() {
        long attention = 6 * (3 * QKV + 10 * 8) + 3 * 6 * 6 * 6;
        long block = attention + 6 * 4 * 64;
        assertThat(Memory.resident(run(shape(false, false, 50)))).isEqualTo(4 * 2 * block);
        assertThat(Memory.resident(run(shape(true, false, 50)))).isEqualTo(4 * 2 * attention);
        assertThat(Memory.resident(run(shape(false, true, 50)))).isEqualTo(4 * 2 * (attention + 6 * 6 * 64));
        assertThat(Memory.resident(run(shape(false, false, 50), LogitsRead.EVERYWHERE, Span.ALL, 2)))
                .as("few logits, made when the block is over")
                .isEqualTo(4 * 2 * block);
        assertThat(Memory.resident(run(shape(false, false, 500), LogitsRead.EVERYWHERE, Span.ALL, 2)))
                .as("many logits")
                .isEqualTo(4 * 2 * (2 * 6 * 500));
        assertThat(Memory.resident(run(shape(false, false, 50), LogitsRead.NONE, Span.ALL, 2, Z)))
                .isEqualTo(4 * 2 * (block + 6 * 24));
    }

    /** A run whose edits read what it writes itself keeps that, and a copy of the residual stream for each head's input. */
    @Test
    void edgesWaitWithWhatTheirWritersWrote() {
        Edit edge = new Edit(
                HookPoint.of(Site.Q_INPUT, 1),
                List.of(),
                new Positions.All(),
                new IncomingEdges(
                        0,
                        List.of(
                                new IncomingEdges.Incoming(0, HookPoint.of(Site.EMBED), 0),
                                new IncomingEdges.Incoming(1, HookPoint.of(Site.RESULT, 0), 2))));
        Forward plain = run(shape(false, false, 50));
        Forward run = plain.part(1, List.of(new Cell(0, List.of(edge))));
        // Six positions of d_model 8 that the embedding wrote, and of each of six heads; eight copies for six heads.
        long kept = 6 * 8 + 6 * 6 * 8 + 8 * 6 * 6 * 8;
        assertThat(Memory.batch(run) - Memory.batch(plain)).isEqualTo(4 * 2 * kept);
        assertThat(Memory.resident(run) - Memory.resident(plain)).isEqualTo(4 * 2 * kept);
    }

    /** Three cells that run two at a time are as many rows more; nobody runs more cells than there are. */
    @Test
    void cellsOfABatchAreRowsOfIt() {
        Forward plain = run(shape(false, false, 50));
        Forward three = plain.part(1, List.of(Cell.CLEAN, new Cell(1, List.of()), new Cell(2, List.of())));
        assertThat(Memory.batch(three.inBatchesOf(2))).isEqualTo(2 * Memory.batch(plain));
        assertThat(Memory.batch(three.inBatchesOf(9))).isEqualTo(3 * Memory.batch(plain));
    }

    /** A run that begins at layer 1 of three waits with the keys and values of two layers. */
    @Test
    void keysAndValuesOfTheLayersThatAreRun() {
        Forward late = run(shape(false, false, 50), LogitsRead.NONE, new Span(List.of(2), List.of()), 2)
                .resuming(0, 1, Site.RESID_PRE);
        assertThat(Memory.batch(late)).isEqualTo(4 * 2 * (3 * 4 * 64 + 3 * 4 * 8 + 2 * 2 * (2 * 4) * 2));
    }

    /** A run that a second one reads is there while that is made, but not for a run of another model in between. */
    @Test
    void whatIsKeptForOthersOnTheSameRowsIsHeldAtOnce() {
        Forward first = run(shape(false, false, 50), LogitsRead.NONE, Span.ALL, 2, Z);
        Forward second = new Forward(
                2,
                0,
                first.model(),
                ROWS,
                List.of(new Cell(0, List.of(new Edit(Z, List.of(), new Positions.All(), new EditValue.FromRun(1))))),
                List.of(),
                LogitsRead.NONE,
                RunExtent.upTo(3),
                new BatchSize(2, 1));
        LoadModel load = new LoadModel(0, first.model());
        ExecutionPlan both = new ExecutionPlan(List.of(load, first, second), Map.of());
        assertThat(Memory.beside(both)).isEqualTo(second.bytes() + 4 * 2 * (6 * 24));
        ModelRef other = new ModelRef("other", "other", first.model().shape());
        Forward elsewhere = new Forward(
                4,
                3,
                other,
                ROWS,
                List.of(Cell.CLEAN),
                List.of(),
                LogitsRead.NONE,
                RunExtent.upTo(3),
                new BatchSize(4, 1));
        ExecutionPlan apart =
                new ExecutionPlan(List.of(load, first, new LoadModel(3, other), elsewhere, second), Map.of());
        assertThat(elsewhere.bytes()).isGreaterThan(Memory.beside(both));
        assertThat(Memory.beside(apart)).isEqualTo(elsewhere.bytes());
    }

    private record Gradients(LogitsRead logits, List<HookPoint> outputs, List<HookPoint> inputs) implements Estimate {
        @Override
        public int steps() {
            return 1;
        }

        @Override
        public List<HookPoint> outputs(ModelShape shape) {
            return outputs;
        }

        @Override
        public List<HookPoint> inputs(ModelShape shape) {
            return inputs;
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

    @Test
    void aBackwardPassKeepsWhatEveryBlockMakes() {
        Gradients none = new Gradients(LogitsRead.EVERYWHERE, List.of(), List.of());
        long attention = 6 * (4 * 8 + 2 * QKV) + 2 * 6 * 6 * 6;
        long logits = 3 * 6 * 50;
        assertThat(Memory.gradient(none, shape(false, false, 50), 6))
                .isEqualTo(4 * (3 * (attention + 6 * 5 * 64) + logits));
        assertThat(Memory.gradient(none, shape(false, true, 50), 6))
                .isEqualTo(4 * (3 * (attention + 6 * 3 * 64) + logits));
        assertThat(Memory.gradient(none, shape(true, false, 50), 6)).isEqualTo(4 * (3 * attention + logits));
        Gradients both = new Gradients(LogitsRead.EVERYWHERE, List.of(Z), List.of(Z, HookPoint.of(Site.RESID_PRE, 0)));
        assertThat(Memory.gradient(both, shape(true, false, 50), 6))
                .isEqualTo(4 * (3 * attention + logits + 3 * 6 * 24 + 4 * (6 * 24 + 6 * 8)));
    }

    /** A thousand numbers of four bytes: one model at a time, and all of them where they are compared. */
    @Test
    void weightsOfOneModelOrOfAllThatAreCompared() {
        ModelRef a = model("a");
        ModelRef b = model("b");
        LoadModel first = new LoadModel(0, a);
        LoadModel second = new LoadModel(1, b);
        assertThat(Memory.weights(a)).isEqualTo(4000);
        assertThat(Memory.weights(new ExecutionPlan(List.of(first, second), Map.of())))
                .isEqualTo(4000);
        AgreeModels agree = new AgreeModels(2, List.of(0), List.of(a), List.of(1), List.of(b), List.of(), ROWS);
        ExecutionPlan compared = new ExecutionPlan(List.of(first, second, agree), Map.of());
        assertThat(Memory.weights(compared)).isEqualTo(8000);
        // All five rows fit one batch of logits: of each model 5 x 6 x 50 numbers of four bytes, and a row of five
        // distributions of eight.
        assertThat(agree.together(6)).isEqualTo(8_000_000 / 300);
        assertThat(agree.bytes()).isEqualTo(2 * (4 * 5 * 300 + 5 * 8 * 300));
        assertThat(Memory.peak(compared)).isEqualTo(300_000_000 + 8000 + agree.bytes());
    }

    /** Of 30,000 rows of six tokens only 26,666 are run together; a longer row needs more for its distributions alone. */
    @Test
    void modelsAreComparedInBatches() {
        RowsRef many = new RowsRef("m", "m", "m", List.of(new RowsRef.Bucket(6, 30_000), new RowsRef.Bucket(9, 1)));
        ModelRef a = model("a");
        AgreeModels agree =
                new AgreeModels(2, List.of(0), List.of(a), List.of(1), List.of(model("b")), List.of(), many);
        assertThat(agree.bytes()).isEqualTo(2L * (4 * 300 * 26_666 + 5 * 8 * 450));
        assertThat(agree.inputs()).containsExactly(0, 1);
        assertThat(agree.flops())
                .as("every model once")
                .isEqualTo(2
                        * Forward.whole(2, 0, a, many, List.of(Cell.CLEAN), List.of(), LogitsRead.EVERYWHERE)
                                .flops());
    }
}
