package dev.loupe.report.chart;

import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import java.util.ArrayList;
import java.util.List;

/** Layers and heads as one axis of components ({@code L1H4}), so that each can be a line of its own. */
final class Components {
    static final String AXIS = "component";

    private Components() {}

    /** The quantity with its two naming axes as one, or as it is where it has not exactly these two. */
    static Quantity merged(Quantity quantity) {
        for (String inner : List.of("head", "kv_head", "neuron", "feature")) {
            int layer = quantity.estimate().axisIndex("layer");
            if (layer >= 0 && quantity.estimate().axisIndex(inner) == layer + 1) {
                return merged(quantity, layer);
            }
        }
        return quantity;
    }

    private static Quantity merged(Quantity quantity, int layer) {
        List<Axis> axes = new ArrayList<>(quantity.estimate().axes());
        Axis inner = axes.get(layer + 1);
        Plotted plotted = Plotted.of(quantity);
        int after = NamedArray.sizeOf(axes.subList(layer + 2, axes.size()));
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < axes.get(layer).size() * inner.size(); i++) {
            labels.add(String.valueOf(plotted.component(i * after)));
        }
        axes.remove(layer + 1);
        axes.set(layer, new Axis(AXIS, labels));
        Interval interval = quantity.interval();
        return new Quantity(
                quantity.name(),
                quantity.title(),
                quantity.doc(),
                quantity.figure(),
                quantity.unit(),
                new NamedArray(axes, quantity.estimate().data()),
                interval == null
                        ? null
                        : new Interval(
                                new NamedArray(axes, interval.low().data()),
                                new NamedArray(axes, interval.high().data()),
                                interval.level(),
                                interval.method(),
                                interval.n()),
                quantity.chance(),
                quantity.setting());
    }
}
