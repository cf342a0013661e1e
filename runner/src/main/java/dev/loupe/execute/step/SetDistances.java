package dev.loupe.execute.step;

import dev.loupe.plan.ask.DistanceOfSets;
import java.util.Arrays;

/** Distances of each pair of sets of numbers; undefined numbers are in no set. */
final class SetDistances {
    private final double[][] sorted;

    /** @param numbers [set, number], row-major */
    SetDistances(double[] numbers, int sets) {
        int each = numbers.length / sets;
        this.sorted = new double[sets][];
        for (int s = 0; s < sets; s++) {
            sorted[s] = Arrays.stream(numbers, s * each, (s + 1) * each)
                    .filter(x -> !Double.isNaN(x))
                    .sorted()
                    .toArray();
        }
    }

    /** [distance, pair] */
    double[] all() {
        int pairs = sorted.length * (sorted.length - 1) / 2;
        DistanceOfSets[] kinds = DistanceOfSets.values();
        double[] out = new double[kinds.length * pairs];
        int pair = 0;
        for (int a = 0; a < sorted.length; a++) {
            for (int b = a + 1; b < sorted.length; b++) {
                double[] both = between(sorted[a], sorted[b]);
                for (int kind = 0; kind < kinds.length; kind++) {
                    out[kind * pairs + pair] = both[kind];
                }
                pair++;
            }
        }
        return out;
    }

    /** One walk up both sets, in the order of {@link DistanceOfSets}. */
    private static double[] between(double[] left, double[] right) {
        if (left.length == 0 || right.length == 0) {
            return new double[] {Double.NaN, Double.NaN, Double.NaN};
        }
        double area = 0;
        double square = 0;
        double below = 0;
        int i = 0;
        int j = 0;
        while (i < left.length || j < right.length) {
            double at = i == left.length ? right[j] : j == right.length ? left[i] : Math.min(left[i], right[j]);
            int fromLeft = i;
            int fromRight = j;
            while (i < left.length && left[i] <= at) {
                i++;
            }
            while (j < right.length && right[j] <= at) {
                j++;
            }
            below += (i - fromLeft) * (fromRight + (j - fromRight) / 2.0);
            if (i < left.length || j < right.length) {
                double next = i == left.length ? right[j] : j == right.length ? left[i] : Math.min(left[i], right[j]);
                double gap = Math.abs(i / (double) left.length - j / (double) right.length);
                area += gap * (next - at);
                square += gap * gap * (next - at);
            }
        }
        double auc = below / ((double) left.length * right.length);
        return new double[] {area, Math.sqrt(2 * square), Math.max(auc, 1 - auc)};
    }
}
