package dev.loupe.claim;

import dev.loupe.matching.Assignment;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether two models' heads do the same, whatever their indices. Heads of a layer are interchangeable, so each head of one
 * model is matched with one of the same layer of the other (Hungarian algorithm, Kuhn 1955), by all measurements at once.
 */
@Named("circuit-distance")
@Doc("Distance between the circuits of two models when heads within a layer may be reordered: the largest "
        + "difference of any measurement between matched heads, for the matching with the least sum of squares. 0: "
        + "the same circuit with other head indices.")
@Example("{circuit-distance: [[writes, looks], [copy-writes, copy-looks]]}")
public record CircuitDistance(
        @Key("circuit-distance")
        @Doc("Measurements of one model with axes layer and head, then the same measurements of the other model.")
        @NameOf("measure")
        List<List<String>> of)
        implements Expression {
    public CircuitDistance {
        of = of.stream().map(List::copyOf).toList();
        if (of.size() != 2
                || of.get(0).isEmpty()
                || of.get(0).size() != of.get(1).size()) {
            throw new IllegalArgumentException(
                    "`circuit-distance` takes two lists of measurements of the same length, one for each model");
        }
    }

    @Override
    public double value(Findings findings, int b) {
        List<double[][][]> sides = new ArrayList<>();
        List<List<List<Axis>>> axes = new ArrayList<>();
        for (List<String> side : of) {
            List<NamedArray> arrays = side.stream()
                    .map(name -> findings.get(name).replicate(findings.resampling(), b))
                    .toList();
            axes.add(arrays.stream().map(NamedArray::axes).toList());
            sides.add(heads(side, arrays));
        }
        if (!axes.get(0).equals(axes.get(1))) {
            throw new IllegalArgumentException("`circuit-distance` compares measurements with the same axes;  "
                    + of.get(0) + " and " + of.get(1) + " have different axes");
        }
        double worst = 0;
        for (int layer = 0; layer < sides.get(0).length; layer++) {
            worst = Math.max(worst, matched(sides.get(0)[layer], sides.get(1)[layer]));
        }
        return worst;
    }

    /** All numbers of each head [layer][head][number]. */
    private static double[][][] heads(List<String> names, List<NamedArray> arrays) {
        int layers = 0;
        int heads = 0;
        int width = 0;
        for (int i = 0; i < arrays.size(); i++) {
            NamedArray array = arrays.get(i);
            if (!array.hasAxis("layer") || !array.hasAxis("head")) {
                throw new IllegalArgumentException("`" + names.get(i) + "` does not measure heads: its axes are "
                        + NamedArray.describe(array.axes()));
            }
            layers = array.axis("layer").size();
            heads = array.axis("head").size();
            width += array.data().length / layers / heads;
        }
        double[][][] out = new double[layers][heads][width];
        int[][] filled = new int[layers][heads];
        for (NamedArray array : arrays) {
            List<String> order = array.axes().stream().map(Axis::name).toList();
            for (int i = 0; i < array.data().length; i++) {
                int[] at = array.coordinates(i);
                int layer = at[order.indexOf("layer")];
                int head = at[order.indexOf("head")];
                out[layer][head][filled[layer][head]++] = array.data()[i];
            }
        }
        return out;
    }

    private static double matched(double[][] a, double[][] b) {
        double[][] cost = new double[a.length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                for (int k = 0; k < a[i].length; k++) {
                    double d = difference(a[i][k], b[j][k]);
                    cost[i][j] += d * d;
                }
            }
        }
        int[] partner = Assignment.cheapest(cost);
        double worst = 0;
        for (int i = 0; i < a.length; i++) {
            for (int k = 0; k < a[i].length; k++) {
                worst = Math.max(worst, difference(a[i][k], b[partner[i]][k]));
            }
        }
        return worst;
    }

    /** Undefined equals undefined, and nothing else. */
    private static double difference(double a, double b) {
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return Double.isNaN(a) && Double.isNaN(b) ? 0 : 1e9;
        }
        return Math.abs(a - b);
    }

    @Override
    public Set<String> axes() {
        return Set.of();
    }

    @Override
    public List<String> references() {
        return Stream.concat(of.get(0).stream(), of.get(1).stream()).distinct().toList();
    }
}
