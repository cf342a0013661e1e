package dev.loupe.analysis.circuits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.analysis.reading.MetricBundle;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.token.Loss;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.Recheck.RealRuns;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.EdgeGraph;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.RecordedCell;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Two layers of two heads and an MLP. A run that is planned has these steps: 0 loads the model, 1 is the edited rows' own run, 2
 * that of the other half, 3 records what each reader reads, 4 writes it, 5 is of the edges into the logits.
 */
class EdgeRunsTest {
    private static final int BASE = 1;
    private static final int DONOR = 2;
    private static final int RECORDING = 3;
    private static final RowsRef CLEAN = new RowsRef("rows", "rows", "rows", List.of(new RowsRef.Bucket(6, 5)));
    private static final RowsRef CORRUPTED = new RowsRef("other", "other", "rows", List.of(new RowsRef.Bucket(6, 5)));

    private static EdgeRuns runs(boolean attentionOnly) {
        ModelShape shape =
                new ModelShape("transformer", 2, 4, 2, 2, 3, 5, 7, 7, 8, attentionOnly, false, false, 0, List.of());
        MetricBundle loss = new MetricBundle(List.of("loss"), List.of(new Loss("everywhere", null)));
        return new EdgeRuns(new ModelRef("m", "m", shape), CLEAN, CORRUPTED, loss);
    }

    private static ExecutionPlan plan(EdgeRuns runs, String... edges) {
        EdgeGraph graph = new EdgeGraph(runs.model().shape());
        return runs.only(Stream.of(edges).map(graph::named).toList());
    }

    private static Edit whole(Site site, int layer, int run) {
        return new Edit(HookPoint.of(site, layer), List.of(), new Positions.All(), new EditValue.FromRun(run));
    }

    private static Edit sent(int layer, int head) {
        return new Edit(HookPoint.of(Site.Z, layer), List.of(head), new Positions.All(), new EditValue.FromRun(DONOR));
    }

    private static Edit received(Site site, int layer, Integer... head) {
        return new Edit(HookPoint.of(site, layer), List.of(head), new Positions.All(), new RecordedCell(RECORDING));
    }

    private static Edit held(Site site, int layer) {
        return whole(site, layer, BASE);
    }

    @Test
    void everythingBetweenIsHeld() {
        ExecutionPlan plan = plan(
                runs(false),
                "L0H1->L1.mlp_in",
                "embed->L1H1.k",
                "L0H0->L0.mlp_in",
                "0_mlp_out->L1H0.q",
                "embed->L0H0.v",
                "L0H0->L1H1.q");
        Edit embedding = whole(Site.EMBED, -1, DONOR);
        assertThat(plan.forward(RECORDING).cells())
                .containsExactly(
                        new Cell(0, List.of(sent(0, 1), held(Site.MLP_OUT, 0), held(Site.Z, 1))),
                        new Cell(1, List.of(embedding, held(Site.Z, 0), held(Site.MLP_OUT, 0))),
                        new Cell(2, List.of(sent(0, 0))),
                        new Cell(3, List.of(whole(Site.MLP_OUT, 0, DONOR))),
                        new Cell(4, List.of(embedding)),
                        new Cell(5, List.of(sent(0, 0), held(Site.MLP_OUT, 0))));
        assertThat(plan.forward(RECORDING).captures())
                .containsExactly(
                        HookPoint.of(Site.MLP_IN, 1),
                        HookPoint.of(Site.K, 1),
                        HookPoint.of(Site.MLP_IN, 0),
                        HookPoint.of(Site.Q, 1),
                        HookPoint.of(Site.V, 0));
        assertThat(plan.forward(4).cells())
                .containsExactly(
                        new Cell(0, List.of(received(Site.MLP_IN, 1))),
                        new Cell(1, List.of(received(Site.K, 1, 1))),
                        new Cell(2, List.of(received(Site.MLP_IN, 0))),
                        new Cell(3, List.of(received(Site.Q, 1, 0))),
                        new Cell(4, List.of(received(Site.V, 0, 0))),
                        new Cell(5, List.of(received(Site.Q, 1, 1))));
        assertThat(((ReadRows) plan.step(5)).forwards()).containsExactly(4);
    }

    /** Nothing needs to be recorded for the logits, which no other component reads. */
    @Test
    void edgesIntoTheLogitsAreRunAtOnce() {
        ExecutionPlan both = plan(runs(false), "L0H1->logits", "L0H1->L1H0.q", "1_mlp_out->logits");
        assertThat(both.forward(5).cells())
                .containsExactly(
                        new Cell(0, List.of(sent(0, 1), held(Site.MLP_OUT, 0), held(Site.Z, 1), held(Site.MLP_OUT, 1))),
                        new Cell(2, List.of(whole(Site.MLP_OUT, 1, DONOR))));
        assertThat(value(both).forwards()).containsExactly(4, 5);
        assertThat(value(both).sweep().get(0).size()).isEqualTo(3);
        ReadRows zero = (ReadRows) both.step(both.outputs().get(RealRuns.ZERO));
        assertThat(zero.forwards()).containsExactly(BASE);
        assertThat(zero.sweep()).isEmpty();
        ExecutionPlan direct = plan(runs(false), "embed->logits");
        assertThat(value(direct).forwards()).containsExactly(RECORDING);
        assertThat(direct.forward(RECORDING).cells().get(0).edits())
                .containsExactly(
                        whole(Site.EMBED, -1, DONOR),
                        held(Site.Z, 0),
                        held(Site.MLP_OUT, 0),
                        held(Site.Z, 1),
                        held(Site.MLP_OUT, 1));
    }

    private static ReadRows value(ExecutionPlan plan) {
        return (ReadRows) plan.step(plan.outputs().get(RealRuns.VALUE));
    }

    @Test
    void bothHalvesAreRunOnTheirOwnRows() {
        Forward base = plan(runs(false), "L0H1->logits").forward(BASE);
        Forward donor = plan(runs(false), "L0H1->logits").forward(DONOR);
        assertThat(base.rows()).isEqualTo(CORRUPTED);
        assertThat(base.captures())
                .containsExactly(
                        HookPoint.of(Site.Z, 0),
                        HookPoint.of(Site.MLP_OUT, 0),
                        HookPoint.of(Site.Z, 1),
                        HookPoint.of(Site.MLP_OUT, 1));
        assertThat(donor.rows()).isEqualTo(CLEAN);
        assertThat(donor.captures()).hasSize(5).contains(HookPoint.of(Site.EMBED));
        assertThat(plan(runs(true), "L0H1->logits").forward(BASE).captures())
                .containsExactly(HookPoint.of(Site.Z, 0), HookPoint.of(Site.Z, 1));
        // Seven writers and fifteen readers: six of the first layer's heads, its MLP, six of the second's heads, its
        // MLP and the
        // logits read 1, 3, 4, 6 and 7 of the writers.
        assertThat(runs(false).cells()).hasSize(6 + 3 + 6 * 4 + 6 + 7);
    }
}
