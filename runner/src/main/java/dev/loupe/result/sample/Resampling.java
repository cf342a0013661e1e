package dev.loupe.result.sample;

import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantiles;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A seeded bootstrap over rows (Efron 1979, percentile method). Tables of equally many rows drawn with equal settings
 * see the same resamples, so a difference of two measurements on the same rows is a paired one.
 *
 * @param times how many resamples
 * @param level coverage of the interval
 */
public record Resampling(int times, double level, long seed) {
    public Resampling {
        if (times < 100 || times > 100_000) {
            throw new IllegalArgumentException("resamples must be 100 to 100000, not " + times);
        }
        if (!(level > 0.5 && level < 1)) {
            throw new IllegalArgumentException("level must be above 0.5 and below 1, not " + level);
        }
        if (!Quantiles.enough(times, (1 + level) / 2)) {
            throw new IllegalArgumentException("an interval of level " + level + " needs at least "
                    + (long) Math.ceil(2 / (1 - level) - 1e-6) + " resamples, so that at least one is outside on "
                    + "each side, not "
                    + times);
        }
    }

    /** How often resample {@code b} draws each of {@code rows} rows. */
    public double[] weights(int rows, int b) {
        return DrawnRows.of(this, rows).weights(b);
    }

    /** The same, drawn now. */
    double[] drawn(int rows, int b) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + b);
        double[] counts = new double[rows];
        for (int i = 0; i < rows; i++) {
            counts[random.nextInt(rows)]++;
        }
        return counts;
    }

    /** The interval of every number of a sample. */
    Interval interval(Sample sample) {
        return interval(draws(sample), sample.rows());
    }

    /** The numbers of a sample on every resample, in the order drawn. */
    public List<NamedArray> draws(Sample sample) {
        if (sample instanceof RowTable table) {
            double[][] numbers = new TableDraws(table, 0, table.width()).on(this);
            return IntStream.range(0, times)
                    .mapToObj(b -> new NamedArray(
                            table.axes(),
                            Arrays.stream(numbers).mapToDouble(each -> each[b]).toArray()))
                    .toList();
        }
        return IntStream.range(0, times)
                .mapToObj(b -> sample.replicate(this, b))
                .toList();
    }

    /**
     * The interval of every number from all of its draws.
     *
     * @param rows how many were resampled
     */
    public Interval interval(List<NamedArray> draws, int rows) {
        List<Axis> axes = draws.get(0).axes();
        double[] low = new double[NamedArray.sizeOf(axes)];
        double[] high = new double[low.length];
        for (int i = 0; i < low.length; i++) {
            int number = i;
            double[] own =
                    draws.stream().mapToDouble(draw -> draw.data()[number]).toArray();
            low[i] = Quantiles.of(own, (1 - level) / 2);
            high[i] = Quantiles.of(own, (1 + level) / 2);
        }
        return new Interval(new NamedArray(axes, low), new NamedArray(axes, high), level, method(), rows);
    }

    /** The same of a table, without all its replicates in memory at once. */
    public Interval interval(RowTable table) {
        int n = table.width();
        double[] low = new double[n];
        double[] high = new double[n];
        // Columns go in blocks so that memory stays small for tables of many components.
        int block = Math.max(1, Math.min(n, 4_000_000 / times));
        for (int from = 0; from < n; from += block) {
            int to = Math.min(n, from + block);
            double[][] draws = new TableDraws(table, from, to).on(this);
            for (int i = from; i < to; i++) {
                low[i] = Quantiles.of(draws[i - from], (1 - level) / 2);
                high[i] = Quantiles.of(draws[i - from], (1 + level) / 2);
            }
        }
        return new Interval(
                new NamedArray(table.axes(), low), new NamedArray(table.axes(), high), level, method(), table.rows());
    }

    public String method() {
        return "percentile bootstrap over rows, " + times + " resamples, seed " + seed;
    }
}
