package dev.loupe.report.section;

import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.chart.Charts;
import dev.loupe.report.chart.Scene;
import dev.loupe.report.draw.Titles;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines of the same thing in several models, in one figure: one line for each measurement. */
final class Overlays {
    private static final String AXIS = "measurement";

    private Overlays() {}

    /** What is drawn in one figure, each with the quantities that it shows; most show one. */
    static Map<Quantity, List<Quantity>> of(List<Quantity> quantities) {
        Map<List<Object>, List<Quantity>> alike = new LinkedHashMap<>();
        for (Quantity quantity : quantities) {
            alike.computeIfAbsent(line(quantity) ? key(quantity) : List.of(quantity.name()), k -> new ArrayList<>())
                    .add(quantity);
        }
        Map<Quantity, List<Quantity>> figures = new LinkedHashMap<>();
        alike.values().forEach(all -> figures.put(all.size() == 1 ? all.get(0) : merged(all), all));
        return figures;
    }

    private static boolean line(Quantity quantity) {
        return Charts.figure(quantity) == Figure.LINES
                && quantity.chance() == null
                && quantity.estimate().axes().size() == 1
                && AxisKind.models(quantity) == 0;
    }

    private static List<Object> key(Quantity quantity) {
        return List.of(
                Scene.asked(quantity), quantity.unit(), quantity.estimate().axes(), quantity.interval() == null);
    }

    private static Quantity merged(List<Quantity> all) {
        Quantity first = all.get(0);
        Axis measurement = new Axis(
                AXIS,
                all.stream().map(q -> Titles.of(q.name(), q.title()).base()).toList());
        String part = Titles.of(first.name(), first.title()).part();
        Interval interval = first.interval();
        return new Quantity(
                first.name(),
                part.isEmpty() ? first.title() : part,
                first.doc().split("\n\n")[0],
                first.figure(),
                first.unit(),
                NamedArray.stack(
                        List.of(measurement),
                        all.stream().map(Quantity::estimate).toList()),
                interval == null
                        ? null
                        : new Interval(
                                ends(measurement, all, false),
                                ends(measurement, all, true),
                                interval.level(),
                                interval.method(),
                                interval.n()),
                null,
                new Setting(
                        "",
                        "",
                        first.setting().reading(),
                        "",
                        List.of(),
                        List.of(),
                        "",
                        "",
                        all.stream().map(q -> q.setting().model()).toList(),
                        List.of()));
    }

    private static NamedArray ends(Axis measurement, List<Quantity> all, boolean high) {
        List<NamedArray> ends = new ArrayList<>();
        for (Quantity quantity : all) {
            Interval interval = quantity.interval();
            if (interval != null) {
                ends.add(high ? interval.high() : interval.low());
            }
        }
        return NamedArray.stack(List.of(measurement), ends);
    }
}
