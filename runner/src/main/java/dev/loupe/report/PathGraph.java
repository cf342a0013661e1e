package dev.loupe.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Paths as a layered graph: a column for each layer that has a node, senders left of what they reach. */
final class PathGraph {
    private static final double COLUMN = 104;
    private static final double ROW = 42;
    private static final double BOX_HEIGHT = 24;
    private static final double TOP = 34;
    private static final double WIDEST = 13;

    private final List<PathEdge> edges;
    private final Map<String, double[]> places = new LinkedHashMap<>();
    private final TreeMap<Integer, List<String>> columns = new TreeMap<>();
    private final int last;
    private double height;
    private double width;

    /** @param last the number of layers: where the logits stand */
    PathGraph(List<PathEdge> edges, int last) {
        this.edges = edges;
        this.last = last;
        Map<String, Double> weight = new HashMap<>();
        for (PathEdge edge : edges) {
            place(edge.from().layer(), edge.from().name());
            place(edge.layer(), edge.receiver());
            weight.merge(edge.from().name(), Math.abs(edge.effect()), Math::max);
            weight.merge(edge.receiver(), Math.abs(edge.effect()), Math::max);
        }
        columns.values().forEach(names -> names.sort(Comparator.comparing((String n) -> -weight.getOrDefault(n, 0.0))));
        arrange();
    }

    private void place(int layer, String name) {
        List<String> names = columns.computeIfAbsent(layer, k -> new ArrayList<>());
        if (!names.contains(name)) {
            names.add(name);
        }
    }

    /** The strongest node of a column stands near the middle, the next ones above and below by turns. */
    private void arrange() {
        int most = columns.values().stream().mapToInt(List::size).max().orElse(1);
        height = TOP + most * ROW + 40;
        double middle = TOP + most * ROW / 2;
        double x = 12;
        for (List<String> names : columns.values()) {
            double wide = names.stream().mapToDouble(PathGraph::boxWidth).max().orElse(0);
            // Neighbouring columns are shifted, so that a path over several columns passes between their nodes.
            double shift = columns.headMap(layerOf(names)).size() % 2 == 0 ? 0 : ROW / 2;
            for (int i = 0; i < names.size(); i++) {
                double offset = (i % 2 == 0 ? 1 : -1) * ((i + 1) / 2) * ROW;
                places.put(names.get(i), new double[] {
                    x, Math.max(TOP + ROW / 2, Math.min(height - 40, middle + offset + (most > 1 ? shift - ROW / 4 : 0)))
                });
            }
            x += wide + COLUMN - 60;
        }
        width = x - (COLUMN - 60) + 12;
    }

    private int layerOf(List<String> names) {
        return columns.entrySet().stream()
                .filter(e -> e.getValue() == names)
                .findFirst()
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    private static double boxWidth(String name) {
        return 18 + name.length() * 7.4;
    }

    String svg(String label) {
        Svg svg = new Svg(width, height, label);
        columns.forEach((layer, names) -> {
            double x = places.get(names.get(0))[0];
            double wide = names.stream().mapToDouble(PathGraph::boxWidth).max().orElse(0);
            svg.label("axis mid", x + wide / 2, 14, layer == last ? "output" : "layer " + layer);
        });
        double strongest = edges.stream()
                .mapToDouble(e -> Math.abs(e.effect()))
                .max()
                .orElse(1);
        // Weak ones first, so that strong ones lie on top.
        List<PathEdge> drawn = new ArrayList<>(edges);
        drawn.sort(Comparator.comparingDouble(e -> Math.abs(e.effect())));
        drawn.forEach(edge -> edge(svg, edge, strongest));
        places.forEach((name, at) -> node(svg, name, at));
        double y = height - 12;
        sample(svg, "edge", 12, y - 4);
        svg.label("tick", 46, y, "carries the answer");
        sample(svg, "edge against", 186, y - 4);
        svg.label("tick", 220, y, "works against it");
        return svg.done();
    }

    private static void sample(Svg svg, String cssClass, double x, double y) {
        svg.open("path")
                .attr("class", cssClass)
                .attr("d", "M" + Svg.num(x) + " " + Svg.num(y) + "h28")
                .attr("stroke-width", 4)
                .end();
    }

    private void edge(Svg svg, PathEdge edge, double strongest) {
        double[] from = places.get(edge.from().name());
        double[] to = places.get(edge.receiver());
        double x1 = from[0] + boxWidth(edge.from().name());
        double x2 = to[0];
        double bend = Math.max(24, (x2 - x1) / 2);
        svg.open("path")
                .attr("class", edge.effect() < 0 ? "edge against" : "edge")
                .attr(
                        "d",
                        "M" + Svg.num(x1) + " " + Svg.num(from[1]) + "C" + Svg.num(x1 + bend) + " " + Svg.num(from[1])
                                + " " + Svg.num(x2 - bend) + " " + Svg.num(to[1]) + " " + Svg.num(x2) + " "
                                + Svg.num(to[1]))
                .attr("stroke-width", Math.max(1.2, WIDEST * Math.abs(edge.effect()) / strongest))
                .hint(edge.hint())
                .end();
    }

    private static void node(Svg svg, String name, double[] at) {
        svg.rect("node", at[0], at[1] - BOX_HEIGHT / 2, boxWidth(name), BOX_HEIGHT)
                .attr("rx", 5);
        if (name.matches("L\\d+H\\d+")) {
            svg.attr("data-at", name);
        }
        svg.hint(name).end();
        svg.label("nodename mid", at[0] + boxWidth(name) / 2, at[1] + 4, name);
    }
}
