package dev.loupe.execute.step;

import dev.loupe.plan.CircuitRuns;
import dev.loupe.plan.Pruned;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The arithmetic of {@link Pruned}.
 *
 * @param reader makes the runs that are read, when some are
 */
public record CircuitFaithfulness(Pruned step, Function<CircuitRuns, CircuitReader> reader) {
    /** @param pruned [value, upstream, downstream] as pruning left it */
    public RowTable of(RowTable pruned) {
        if (step.show() == Pruned.Show.CIRCUIT) {
            return circuit(pruned);
        }
        RowTable kept = pruned.at("value", 0);
        List<Integer> edges = step.runs().graph().edges();
        List<Integer> circuit =
                edges.stream().filter(e -> kept.numerator()[e] == 1).toList();
        Long seed = step.random();
        Set<Integer> removed = new TreeSet<>(edges);
        removed.removeAll(seed == null ? circuit : drawn(tried(edges, pruned), circuit.size(), seed));
        CircuitReader from = reader.apply(step.runs());
        RowTable value = from.without(List.of(removed)).at("cell", 0);
        RowTable share = share(value, from.whole(), from.other());
        if (step.show() == Pruned.Show.FAITHFULNESS) {
            return share;
        }
        double runs = Arrays.stream(pruned.at("value", 2).estimate().data())
                .filter(n -> !Double.isNaN(n))
                .sum();
        List<RowTable> parts = List.of(
                constant(edges.size(), value),
                constant(circuit.size(), value),
                constant(runs, value),
                from.whole(),
                value,
                from.other(),
                share);
        return beside(parts);
    }

    /** The edges that might have been kept: each of these has an effect, if only 0. */
    private static List<Integer> tried(List<Integer> edges, RowTable pruned) {
        RowTable effect = pruned.at("value", 1);
        int rows = pruned.rows();
        return edges.stream()
                .filter(e ->
                        IntStream.range(0, rows).anyMatch(row -> effect.denominator()[row * effect.width() + e] > 0))
                .toList();
    }

    /** Any of these edges, each set of so many as likely as every other. */
    private static Set<Integer> drawn(List<Integer> edges, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> all = new ArrayList<>(edges);
        for (int i = 0; i < count; i++) {
            java.util.Collections.swap(all, i, random.nextInt(i, all.size()));
        }
        return new TreeSet<>(all.subList(0, count));
    }

    private RowTable circuit(RowTable pruned) {
        int width = NamedArray.sizeOf(step.axes());
        int rows = pruned.rows();
        double[] numerator = new double[rows * width];
        double[] denominator = new double[rows * width];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(pruned.numerator(), row * pruned.width(), numerator, row * width, width);
            System.arraycopy(pruned.denominator(), row * pruned.width(), denominator, row * width, width);
        }
        return new RowTable(step.axes(), rows, numerator, denominator);
    }

    /** (value - other) / (whole - other), a ratio of sums. */
    private static RowTable share(RowTable value, RowTable whole, RowTable other) {
        double[] numerator = new double[value.rows()];
        double[] denominator = new double[value.rows()];
        for (int row = 0; row < numerator.length; row++) {
            if (value.denominator()[row] != other.denominator()[row]
                    || value.denominator()[row] != whole.denominator()[row]) {
                throw new IllegalArgumentException("a recovery compares equal positions of both runs, but row " + row
                        + " counts them " + "differently");
            }
            numerator[row] = value.numerator()[row] - other.numerator()[row];
            denominator[row] = whole.numerator()[row] - other.numerator()[row];
        }
        return new RowTable(List.of(), value.rows(), numerator, denominator);
    }

    private static RowTable constant(double number, RowTable like) {
        double[] numerator = new double[like.rows()];
        double[] denominator = new double[like.rows()];
        Arrays.fill(numerator, number);
        Arrays.fill(denominator, 1);
        return new RowTable(List.of(), like.rows(), numerator, denominator);
    }

    private static RowTable beside(List<RowTable> parts) {
        int rows = parts.get(0).rows();
        double[] numerator = new double[rows * parts.size()];
        double[] denominator = new double[numerator.length];
        for (int p = 0; p < parts.size(); p++) {
            for (int row = 0; row < rows; row++) {
                numerator[row * parts.size() + p] = parts.get(p).numerator()[row];
                denominator[row * parts.size() + p] = parts.get(p).denominator()[row];
            }
        }
        return new RowTable(List.of(Pruned.SUMMARY), rows, numerator, denominator);
    }
}
