package dev.loupe.report.models;

import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.chart.MapColours;
import dev.loupe.report.chart.Scene;
import dev.loupe.report.draw.ColourScale;
import dev.loupe.report.draw.Svg;
import dev.loupe.result.Axis;
import dev.loupe.result.Quantity;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The same scores of heads in models of unlike depth: every map is as tall as the others, the first layer above and the last one
 * below, and all have one scale of colours.
 */
record DepthMaps(String title, String unit, ColourScale colours, List<Panel> panels) {
    private static final int SIDE = 156;
    private static final double LEFT = 40;
    private static final int MOST = 12;

    /** @param from where the model's numbers begin */
    record Panel(String model, Quantity quantity, int from, int layers, int heads) {}

    /** A set of maps for each thing that was measured in heads of models with unlike numbers of layers. */
    static List<DepthMaps> of(List<NamedRun> runs) {
        Map<List<Object>, List<Panel>> alike = new LinkedHashMap<>();
        for (NamedRun run : runs) {
            for (Quantity quantity : run.quantities()) {
                List<Axis> axes = quantity.estimate().axes();
                int models = AxisKind.models(quantity);
                if (axes.size() == models + 2
                        && axes.get(models).name().equals("layer")
                        && axes.get(models + 1).name().equals("head")
                        && axes.stream().noneMatch(AxisKind::training)) {
                    panels(
                                    run,
                                    quantity,
                                    axes.get(models).size(),
                                    axes.get(models + 1).size())
                            .forEach(panel -> alike.computeIfAbsent(
                                            List.of(
                                                    Scene.asked(quantity),
                                                    quantity.unit(),
                                                    quantity.setting().edits()),
                                            k -> new ArrayList<>())
                                    .add(panel));
                }
            }
        }
        return alike.values().stream()
                .filter(panels ->
                        panels.stream().mapToInt(Panel::layers).distinct().count() > 1)
                .map(DepthMaps::sideBySide)
                .toList();
    }

    private static List<Panel> panels(NamedRun run, Quantity quantity, int layers, int heads) {
        return MeasuredIn.all(quantity).stream()
                .map(one -> new Panel(
                        (run.label().isEmpty() ? "" : run.label() + ", ") + one.model(),
                        quantity,
                        one.number() * layers * heads,
                        layers,
                        heads))
                .toList();
    }

    private static DepthMaps sideBySide(List<Panel> panels) {
        Quantity first = panels.get(0).quantity();
        List<Quantity> shown = panels.stream().map(Panel::quantity).distinct().toList();
        return new DepthMaps(
                first.title(), first.unit(), MapColours.of(shown, 0), panels.subList(0, Math.min(MOST, panels.size())));
    }

    String svg(Panel panel) {
        int height = Math.max(1, SIDE / panel.layers());
        int width = Math.max(1, SIDE / panel.heads());
        double right = LEFT + width * panel.heads();
        double bottom = 4.0 + height * panel.layers();
        Svg svg = new Svg(
                right + 8,
                bottom + 34,
                title + " in " + panel.model() + ": " + Count.of(panel.layers(), "layer") + " of "
                        + Count.of(panel.heads(), "head"));
        Map<String, StringBuilder> paths = new TreeMap<>();
        for (int layer = 0; layer < panel.layers(); layer++) {
            for (int head = 0; head < panel.heads(); head++) {
                double value = panel.quantity().estimate().data()[panel.from() + layer * panel.heads() + head];
                paths.computeIfAbsent(colours.step(value), k -> new StringBuilder())
                        .append('M')
                        .append(Svg.num(LEFT + head * width))
                        .append(' ')
                        .append(4 + layer * height)
                        .append('h')
                        .append(width)
                        .append('v')
                        .append(height)
                        .append("h-")
                        .append(width)
                        .append('z');
            }
        }
        paths.forEach((step, path) -> svg.path("cell " + step, path.toString()));
        svg.rect("frame", LEFT, 4, right - LEFT, bottom - 4).end();
        svg.label("tick end", LEFT - 6, 14, "0");
        svg.label("tick end", LEFT - 6, bottom - 1, "1");
        svg.label("axis mid", (LEFT + right) / 2, bottom + 16, Count.of(panel.heads(), "head"));
        svg.open("text")
                .attr("class", "axis mid")
                .attr("transform", "translate(13 " + Svg.num((4 + bottom) / 2) + ") rotate(-90)")
                .text("depth, " + Count.of(panel.layers(), "layer"))
                .end();
        return svg.done();
    }
}
