package dev.loupe.analysis.circuits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.metric.token.Loss;
import dev.loupe.plan.edit.EdgeGraph;
import org.junit.jupiter.api.Test;

/** Difference of each writer times gradient of each reader, over positions and d_model, one by one. */
class EdgeEstimateTest {
    private static RowValues read(Long random) {
        try (NDManager manager = Backend.cpu()) {
            return new EdgeEstimate(new Loss("everywhere", null), 1, random).read(new WrittenGradients(manager));
        }
    }

    /** Of [row, pos, d_model], or [row, pos, head, d_model] where there is a head. */
    private static double number(HookPoint point, int head, boolean gradient, int row, int pos, int d) {
        int at = head < 0 ? (row * 3 + pos) * 4 + d : ((row * 3 + pos) * 2 + head) * 4 + d;
        return WrittenGradients.numbers(point, gradient)[at];
    }

    @Test
    void everyEdgeIsItsWriterTimesItsReader() {
        EdgeGraph graph = new EdgeGraph(WrittenGradients.SHAPE);
        RowValues found = read(null);
        int ends = graph.ends().size();
        int width = graph.starts().size() * ends;
        assertThat(found.numerator()).hasSize(2 * width);
        for (int row = 0; row < 2; row++) {
            for (int edge = 0; edge < width; edge++) {
                EdgeGraph.Start start = graph.starts().get(edge / ends);
                EdgeGraph.End end = graph.ends().get(edge % ends);
                double wanted = 0;
                boolean there = graph.edge(start, end);
                for (int i = 0; i < 12 && there; i++) {
                    wanted += number(start.output(), start.head(), false, row, i / 4, i % 4)
                            * number(end.reads(), end.head(), true, row, i / 4, i % 4);
                }
                assertThat(found.numerator()[row * width + edge]).isEqualTo(wanted, within(1e-4));
                assertThat(found.denominator()[row * width + edge]).isEqualTo(there ? row + 1 : 0);
            }
        }
    }

    @Test
    void aNullTakesRandomDirections() {
        double[] own = read(null).numerator();
        double[] drawn = read(3L).numerator();
        assertThat(drawn).isEqualTo(read(3L).numerator());
        assertThat(drawn).as("another seed").isNotEqualTo(read(4L).numerator());
        assertThat(drawn[0]).isNotCloseTo(own[0], within(1e-3));
    }

    @Test
    void writersAndReadersAreKept() {
        EdgeEstimate estimate = new EdgeEstimate(new Loss("everywhere", null), 4, null);
        assertThat(estimate.outputs(WrittenGradients.SHAPE))
                .containsExactly(
                        HookPoint.of(Site.EMBED),
                        HookPoint.of(Site.RESULT, 0),
                        HookPoint.of(Site.MLP_OUT, 0),
                        HookPoint.of(Site.RESULT, 1),
                        HookPoint.of(Site.MLP_OUT, 1));
        assertThat(estimate.inputs(WrittenGradients.SHAPE))
                .contains(HookPoint.of(Site.MLP_IN, 1), HookPoint.of(Site.RESID_POST, 1))
                .hasSize(9);
        assertThat(estimate.axes(WrittenGradients.SHAPE)).isEqualTo(new EdgeGraph(WrittenGradients.SHAPE).axes());
        assertThat(estimate.label()).startsWith("edge attribution in 4 steps");
    }
}
