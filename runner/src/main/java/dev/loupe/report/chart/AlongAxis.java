package dev.loupe.report.chart;

import dev.loupe.result.Axis;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where the labels of an axis stand across a chart: numbers at their number, others at equal distances. Numbers that grow by
 * factors (1, 2, 4, 8, ...) stand on a logarithmic scale. A 0 before them, as the first checkpoint of a training has, has no
 * place there: it stands at the left edge, apart from the others.
 *
 * @param low the least number (above 0 where logarithmic), or 0
 * @param high the largest number, or the last index
 * @param zero whether a 0 stands at the left edge of a logarithmic scale
 */
public record AlongAxis(
        boolean numeric, boolean logarithmic, double low, double high, boolean zero, double from, double to) {
    /** From the least number to the largest at least so many times, and as many times between gaps. */
    private static final double RANGE = 30;

    private static final double GAPS = 8;

    /** Of the chart's width, between 0 and the first number of a logarithmic scale. */
    private static final double APART = 0.08;

    public static AlongAxis of(Axis axis, double from, double to) {
        int n = axis.size();
        if (!Plotted.isNumeric(axis)) {
            return new AlongAxis(false, false, 0, n - 1, false, from, to);
        }
        boolean logarithmic = growing(axis.labels());
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        boolean zero = false;
        for (String label : axis.labels()) {
            double value = Double.parseDouble(label);
            if (logarithmic && value == 0) {
                zero = true;
                continue;
            }
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        return new AlongAxis(true, logarithmic, low, high, zero, from, to);
    }

    /** Whether labels are numbers that were measured at, three or more, and not merely counted one by one. */
    static boolean measured(Axis axis) {
        if (axis.size() < 3 || !Plotted.isNumeric(axis)) {
            return false;
        }
        double[] numbers =
                axis.labels().stream().mapToDouble(Double::parseDouble).toArray();
        return IntStream.range(1, numbers.length).anyMatch(i -> numbers[i] - numbers[i - 1] != 1)
                && IntStream.range(1, numbers.length).allMatch(i -> numbers[i] > numbers[i - 1]);
    }

    /** Whether numbers grow by factors, a 0 at their head aside. */
    static boolean growing(List<String> all) {
        List<String> labels = !all.isEmpty() && Double.parseDouble(all.get(0)) == 0 ? all.subList(1, all.size()) : all;
        if (labels.size() < 4) {
            return false;
        }
        double first = Double.parseDouble(labels.get(0));
        double last = Double.parseDouble(labels.get(labels.size() - 1));
        if (!(first > 0) || last < RANGE * first) {
            return false;
        }
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int i = 1; i < labels.size(); i++) {
            double gap = Double.parseDouble(labels.get(i)) - Double.parseDouble(labels.get(i - 1));
            least = Math.min(least, gap);
            most = Math.max(most, gap);
        }
        return least > 0 && most >= GAPS * least;
    }

    /** The pixel of a label. */
    public double at(Axis axis, int index) {
        return at(numeric ? Double.parseDouble(axis.labels().get(index)) : index);
    }

    /** Where the logarithmic scale begins, right of the 0 that stands apart. */
    double start() {
        return zero ? from + APART * (to - from) : from;
    }

    /** The pixel of a number, or of an index where labels are no numbers. */
    double at(double value) {
        if (zero && value == 0) {
            return from;
        }
        if (high == low) {
            return (start() + to) / 2;
        }
        double share = logarithmic ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
        return start() + share * (to - start());
    }
}
