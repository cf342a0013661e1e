package dev.loupe.analysis.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.analysis.reading.MetricBundle;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.metric.token.Accuracy;
import dev.loupe.metric.token.Loss;
import dev.loupe.model.config.NormPlacement;
import dev.loupe.model.config.Normalization;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.result.Axis;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Losses and hits by a label, from the final norm and the unembedding of the stream at each depth in double precision. */
class LensMetricsTest {
    private static final AnsweredRun RUN = AnsweredRun.of(Normalization.LN, NormPlacement.BEFORE);
    private static final MetricBundle BOTH = new MetricBundle(
            List.of("loss", "hits"),
            List.of(
                    new Loss("everywhere", "kind", null),
                    new Accuracy("everywhere", Accuracy.Of.TOKENS, "kind", null)));

    private static LensMetrics lens(LogitLens.Scale scale, int positions) {
        return new LensMetrics(BOTH, "everywhere", AnsweredRun.SITES, scale, positions);
    }

    @Test
    void everyDepthAndPositionIsItsOwn() {
        TokenRows rows = AnsweredRun.rows();
        List<HookPoint> points = new Depths(AnsweredRun.SITES).points(RUN.shape());
        for (LogitLens.Scale scale : LogitLens.Scale.values()) {
            RUN.with(lens(scale, 4), batch -> {
                // [row][metric][depth][pos, one more than there are][label]
                RowValues apart = lens(scale, 4).read(batch);
                RowValues pooled = lens(scale, 0).read(batch);
                assertThat(apart.numerator()).hasSize(2 * 2 * 5 * 4 * 2);
                assertThat(pooled.numerator()).hasSize(2 * 2 * 5 * 2);
                for (int i = 0; i < 40; i++) {
                    int row = i / 20;
                    int metric = i / 10 % 2;
                    int depth = i / 2 % 5;
                    double sum = 0;
                    double count = 0;
                    for (int pos = 0; pos < 4; pos++) {
                        boolean asked = pos < 2 && rows.label("kind").values()[row][pos] == i % 2;
                        double wanted = asked ? number(batch, points, depth, row, pos, scale)[metric] : 0;
                        int at = (i / 2 * 4 + pos) * 2 + i % 2;
                        assertThat(apart.numerator()[at]).isEqualTo(wanted, within(1e-4));
                        assertThat(apart.denominator()[at]).isEqualTo(asked ? 1 : 0);
                        sum += wanted;
                        count += asked ? 1 : 0;
                    }
                    assertThat(pooled.numerator()[i]).isEqualTo(sum, within(1e-4));
                    assertThat(pooled.denominator()[i]).isEqualTo(count);
                }
            });
        }
    }

    /** Loss and hit of the next token. */
    private static double[] number(
            Batch batch, List<HookPoint> points, int depth, int row, int pos, LogitLens.Scale scale) {
        double[] stream = AnsweredRun.at(batch, points.get(depth), row, pos);
        double[] end = AnsweredRun.at(batch, points.get(4), row, pos);
        double mean = Arrays.stream(stream).average().orElseThrow();
        double divisor = deviation(scale == LogitLens.Scale.HELD ? end : stream);
        float[] gain = RUN.model().tensor("ln_final.w");
        float[] shift = RUN.model().tensor("ln_final.b");
        float[] unembedding = RUN.model().tensor("unembed.W_U");
        double[] logits = new double[6];
        for (int id = 0; id < 6; id++) {
            logits[id] = RUN.model().tensor("unembed.b_U")[id];
            for (int d = 0; d < 5; d++) {
                logits[id] += ((stream[d] - mean) / divisor * gain[d] + shift[d]) * unembedding[d * 6 + id];
            }
        }
        int target = AnsweredRun.rows().tokens()[row][pos + 1];
        double all = Arrays.stream(logits).map(Math::exp).sum();
        double best = Arrays.stream(logits).max().orElseThrow();
        return new double[] {Math.log(all) - logits[target], logits[target] == best ? 1 : 0};
    }

    private static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Math.sqrt(Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / 5 + 1e-5);
    }

    @Test
    void depthsAndPositionsStandBehindTheMetrics() {
        RowsRef rows = new RowsRef("r", "r", "r", List.of(new RowsRef.Bucket(3, 2)), Map.of("kind", List.of("a", "b")));
        Axis depth = new Depths(AnsweredRun.SITES).axis(RUN.shape());
        Axis kind = new Axis("label", List.of("a", "b"));
        assertThat(lens(LogitLens.Scale.OWN, 4).axes(RUN.shape(), rows))
                .containsExactly(new Axis("metric", List.of("loss", "hits")), depth, Axis.counted("pos", 4), kind);
        MetricBundle one = new MetricBundle(List.of("loss"), List.of(new Loss("everywhere", "kind", null)));
        assertThat(new LensMetrics(one, "everywhere", AnsweredRun.SITES, LogitLens.Scale.OWN, 0)
                        .axes(RUN.shape(), rows))
                .containsExactly(depth, kind);
    }
}
