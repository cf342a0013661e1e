package dev.loupe.execute.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ask.DistributionPart;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.neurons.DescribeSample;
import dev.loupe.progress.StopSignal;
import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.sample.Resampling;
import dev.loupe.result.sample.RowTable;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DescribeSampleTest {
    private static final int DOCUMENTS = 60;
    private static final int LENGTH = 30;

    private static RowTable described(float[] values, int width, List<DistributionPart> parts) {
        int n = DOCUMENTS * LENGTH;
        int[] row = new int[n];
        int[] pos = new int[n];
        for (int i = 0; i < n; i++) {
            row[i] = i / LENGTH;
            pos[i] = i % LENGTH;
        }
        TokenRows rows = new TokenRows(
                new int[DOCUMENTS][LENGTH], new int[0][], Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), new int[0]);
        DescribeSample step = new DescribeSample(
                1,
                0,
                new RowsRef("rows", "", "", List.of(new RowsRef.Bucket(LENGTH, DOCUMENTS))),
                parts,
                List.of(new Axis("layer", List.of("4")), Axis.counted("neuron", width)));
        return DescribedSample.of(
                step, rows, new StepValue.Activations(row, pos, List.of(4), width, List.of(values)), new StopSignal());
    }

    /** The mean of pseudo-values is the statistic of all positions, and each is one group of three documents. */
    @Test
    void theEstimateIsTheStatisticOfAllPositions() {
        Random random = new Random(2);
        float[] values = new float[DOCUMENTS * LENGTH * 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (i % 2 == 0 ? random.nextGaussian() : Math.exp(random.nextGaussian()));
        }
        RowTable table = described(values, 2, List.of(DistributionPart.MEAN, DistributionPart.SKEW));
        assertThat(table.rows()).isEqualTo(20);
        double[] column = new double[values.length / 2];
        double[] group = new double[20];
        for (int i = 0; i < column.length; i++) {
            column[i] = values[2 * i + 1];
            group[i / LENGTH % 20] += column[i] / (3 * LENGTH);
        }
        Moments all = Moments.of(column, 0, column.length);
        assertThat(table.estimate().data()[1]).isEqualTo(all.mean(), within(1e-9));
        assertThat(table.estimate().data()[3]).isEqualTo(all.skew(), within(1e-9));
        // Of a mean the pseudo-value of a group is its own mean.
        double[] pseudo = table.at("part", 0).at("layer", 0).at("neuron", 1).perRow();
        for (int g = 0; g < 20; g++) {
            assertThat(pseudo[g]).isEqualTo(group[g], within(1e-9));
        }
    }

    /** Documents with a mean of their own: the sd of all is sqrt 2, whatever the documents are. */
    @Test
    void intervalsCoverTheTrueSpreadThoughPositionsOfADocumentGoTogether() {
        int rounds = 200;
        int covered = 0;
        for (int round = 0; round < rounds; round++) {
            Random random = new Random(round);
            float[] values = new float[DOCUMENTS * LENGTH];
            for (int d = 0; d < DOCUMENTS; d++) {
                double own = random.nextGaussian();
                for (int k = 0; k < LENGTH; k++) {
                    values[d * LENGTH + k] = (float) (own + random.nextGaussian());
                }
            }
            Interval interval =
                    described(values, 1, List.of(DistributionPart.SD)).interval(new Resampling(400, .9, round));
            covered += interval.low().value() <= Math.sqrt(2)
                            && Math.sqrt(2) <= interval.high().value()
                    ? 1
                    : 0;
        }
        // 90 % of 200 with a standard error of 4.2, less what 20 groups are short of: about 87 %.
        assertThat(covered).isBetween(160, 192);
    }
}
