package dev.loupe.claim;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.NameOf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The component where another measurement is largest, in each model by its own numbers. It is chosen once, on estimates;
 * replicates then follow that component.
 */
@Doc("The component with the largest value in another measurement.")
public record TopOf(
        @Doc("The measurement to rank by, such as `scores.PREV`.") @NameOf("measure")
        String top,

        @Default("{}") @Doc("Labels by axis of that measurement.")
        Map<String, String> where,

        @Default("1") @Doc("1 for the largest, 2 for the second, ...")
        int rank) {
    public TopOf {
        if (rank < 1) {
            throw new IllegalArgumentException("`rank` must be at least 1");
        }
    }

    /** Null where too few components are defined. */
    @Nullable
    Measured narrow(Measured measured, Findings findings) {
        Map<String, String> labels = labels(findings);
        if (labels == null) {
            return null;
        }
        Measured out = measured;
        for (Map.Entry<String, String> label : labels.entrySet()) {
            out = AxisSelection.narrow(out, Map.of(label.getKey(), label.getValue()));
        }
        return out;
    }

    /** Null where too few components are defined. */
    @Nullable
    String name(Findings findings) {
        Map<String, String> labels = labels(findings);
        if (labels == null) {
            return null;
        }
        List<Axis> axes = new ArrayList<>();
        labels.forEach((axis, label) -> axes.add(new Axis(axis, List.of(label))));
        return AxisSelection.name(axes, new int[axes.size()]);
    }

    private @Nullable Map<String, String> labels(Findings findings) {
        NamedArray chooser = AxisSelection.narrow(findings.get(top), where).estimate();
        int[] order = IntStream.range(0, chooser.data().length)
                .filter(i -> !Double.isNaN(chooser.data()[i]))
                .boxed()
                .sorted((a, b) -> Double.compare(chooser.data()[b], chooser.data()[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        if (chooser.data().length < rank) {
            throw new IllegalArgumentException("`" + top + "` has only " + chooser.data().length + " components");
        }
        if (order.length < rank) {
            return null;
        }
        int[] at = chooser.coordinates(order[rank - 1]);
        Map<String, String> labels = new LinkedHashMap<>();
        where.forEach(labels::put);
        for (int i = 0; i < at.length; i++) {
            Axis axis = chooser.axes().get(i);
            labels.put(axis.name(), axis.labels().get(at[i]));
        }
        return labels;
    }
}
