package dev.loupe.report.compare;

import dev.loupe.report.chart.AxisKind;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which numbers of two results belong together: those with the same labels, whatever the order of the axes. Where each result is of
 * one model only, which model that is need not be the same: comparing one seed with another is what runs are compared for.
 */
final class SameLabels {
    private final NamedArray first;
    private final NamedArray other;
    private final List<String> unlike = new ArrayList<>();
    private final boolean fits;

    SameLabels(NamedArray first, NamedArray other) {
        this.first = first;
        this.other = other;
        boolean alike = first.axes().stream().allMatch(axis -> other.hasAxis(axis.name()) || single(axis));
        this.fits = alike && other.axes().stream().allMatch(axis -> first.hasAxis(axis.name()) || single(axis));
        if (fits) {
            other.axes().stream()
                    .filter(axis -> single(axis)
                            && (!first.hasAxis(axis.name())
                                    || single(first.axis(axis.name()))
                                            && !first.axis(axis.name()).equals(axis)))
                    .forEach(axis -> unlike.add(axis.name()
                            + ' '
                            + axis.labels().get(0)
                            + (first.hasAxis(axis.name())
                                    ? ", the first " + axis.name() + ' '
                                            + first.axis(axis.name()).labels().get(0)
                                    : "")));
        }
    }

    /** Which single models are compared although they are not called the same. */
    List<String> unlike() {
        return unlike;
    }

    /** Where the other result has the number at the labels of a number of the first; -1 where it has none. */
    int place(int[] at) {
        if (!fits) {
            return -1;
        }
        Map<String, String> labels = new LinkedHashMap<>();
        for (int k = 0; k < at.length; k++) {
            labels.put(first.axes().get(k).name(), first.axes().get(k).labels().get(at[k]));
        }
        int place = 0;
        for (Axis axis : other.axes()) {
            int label = place(axis, labels.get(axis.name()));
            if (label < 0) {
                return -1;
            }
            place = place * axis.size() + label;
        }
        return place;
    }

    private int place(Axis axis, @Nullable String label) {
        return single(axis) && (label == null || single(first.axis(axis.name())))
                ? 0
                : axis.labels().indexOf(label);
    }

    /** The axis of models of a result that is of one model. */
    private static boolean single(Axis axis) {
        return axis.size() == 1 && AxisKind.family(axis);
    }
}
