package dev.loupe.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Two sides measured in turn, so that what else the machine does meets both alike.
 *
 * @param name what is compared
 * @param ours and {@code theirs}: seconds of each pair, in the order of measuring
 * @param goal the largest ratio of medians that is wanted
 */
public record Ratio(String name, List<Sample> ours, List<Sample> theirs, double goal) {
    public Ratio {
        ours = List.copyOf(ours);
        theirs = List.copyOf(theirs);
    }

    /** Lowest, median and highest of some numbers. */
    public record Spread(double min, double median, double max) {
        static Spread of(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int half = sorted.length / 2;
            double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
            return new Spread(sorted[0], median, sorted[sorted.length - 1]);
        }
    }

    /**
     * Measures both sides {@code pairs} times, after one pair that only warms up. Which side begins alternates.
     *
     * @param each told after every pair
     */
    static Ratio measure(
            String name, int pairs, double goal, Supplier<Sample> ours, Supplier<Sample> theirs, Runnable each) {
        List<Sample> first = new ArrayList<>();
        List<Sample> second = new ArrayList<>();
        for (int i = 0; i <= pairs; i++) {
            List<Supplier<Sample>> order = new ArrayList<>(List.of(ours, theirs));
            if (i % 2 == 1) {
                Collections.reverse(order);
            }
            Sample one = order.get(0).get();
            Sample two = order.get(1).get();
            if (i > 0) {
                first.add(i % 2 == 1 ? two : one);
                second.add(i % 2 == 1 ? one : two);
            }
            each.run();
        }
        return new Ratio(name, first, second, goal);
    }

    /** Median of ours over median of theirs, on the clock. */
    public double ofMedians() {
        return spread(ours, Sample::wall).median()
                / spread(theirs, Sample::wall).median();
    }

    /** The same in processor time. */
    public double ofMediansCpu() {
        return spread(ours, Sample::cpu).median() / spread(theirs, Sample::cpu).median();
    }

    /** The ratio of each pair on the clock. */
    public Spread pairs() {
        double[] ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ours.get(i).wall() / theirs.get(i).wall();
        }
        return Spread.of(ratios);
    }

    /** Seconds of our side on the clock. */
    public Spread ourSeconds() {
        return spread(ours, Sample::wall);
    }

    /** Seconds of the other side on the clock. */
    public Spread theirSeconds() {
        return spread(theirs, Sample::wall);
    }

    /** Whether the goal is met. */
    public boolean met() {
        return ofMedians() <= goal;
    }

    private static Spread spread(List<Sample> samples, ToDoubleFunction<Sample> part) {
        return Spread.of(samples.stream().mapToDouble(part).toArray());
    }
}
