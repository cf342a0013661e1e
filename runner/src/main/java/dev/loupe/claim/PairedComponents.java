package dev.loupe.claim;

import dev.loupe.result.NamedArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Two measurements component by component, without those that are undefined in either.
 *
 * @param x of the first measurement [component]
 * @param y of the second, of the same components
 */
record PairedComponents(double[] x, double[] y) {
    /**
     * @param where labels by axis that narrow both
     * @throws IllegalArgumentException where the axes that are left differ
     */
    static PairedComponents of(List<String> names, Map<String, String> where, Findings findings, int b) {
        NamedArray x = AxisSelection.narrow(findings.get(names.get(0)), where).replicate(findings.resampling(), b);
        NamedArray y = AxisSelection.narrow(findings.get(names.get(1)), where).replicate(findings.resampling(), b);
        if (!x.axes().equals(y.axes())) {
            throw new IllegalArgumentException("`" + names.get(0) + "` has " + NamedArray.describe(x.axes()) + ", `"
                    + names.get(1) + "` " + NamedArray.describe(y.axes()) + ": both must have the same components");
        }
        return defined(x.data(), y.data());
    }

    /** Of numbers in one order, those of which both are defined. */
    static PairedComponents defined(double[] x, double[] y) {
        int[] kept = IntStream.range(0, x.length)
                .filter(i -> !Double.isNaN(x[i]) && !Double.isNaN(y[i]))
                .toArray();
        return new PairedComponents(picked(x, kept), picked(y, kept));
    }

    /** @throws IllegalArgumentException where there are not two */
    static List<String> two(List<String> names, String word) {
        if (names.size() != 2) {
            throw new IllegalArgumentException("`" + word + "` takes two measurements, not " + names.size());
        }
        return List.copyOf(names);
    }

    private static double[] picked(double[] values, int[] kept) {
        return Arrays.stream(kept).mapToDouble(i -> values[i]).toArray();
    }

    /** Pearson's r; NaN where either does not vary. */
    static double correlation(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(Double.NaN);
        double meanY = Arrays.stream(y).average().orElse(Double.NaN);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : Double.NaN;
    }
}
