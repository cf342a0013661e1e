package dev.loupe.report.graph;

import dev.loupe.report.draw.Svg;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Paths as a layered graph: a column for each place in the network that has a node, senders left of what they reach. */
public final class PathGraph {
    private static final double GAP = 70;
    private static final double ROW = 32;
    private static final double BOX_HEIGHT = 24;
    private static final double TOP = 34;
    private static final double WIDEST = 13;

    /** Up to so many nodes, each has a lane of its own. */
    private static final int MOST_LANES = 16;

    private final List<PathEdge> edges;
    private final Map<String, double[]> places = new LinkedHashMap<>();
    private final TreeMap<Integer, List<String>> columns = new TreeMap<>();
    private final GraphStyle style;
    private double height;
    private double width;

    public PathGraph(List<PathEdge> edges, GraphStyle style) {
        this.edges = edges;
        this.style = style;
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

    /**
     * A node has a lane along which its paths run up to their receivers, so that none passes through a node. In a large graph
     * a lane is free again behind the last of them.
     */
    private void arrange() {
        List<Integer> until = new ArrayList<>();
        boolean again = columns.values().stream().mapToInt(List::size).sum() > MOST_LANES;
        double x = 12;
        for (Map.Entry<Integer, List<String>> column : columns.entrySet()) {
            boolean output = column.getKey() == style.last();
            for (String name : column.getValue()) {
                double mean = edges.stream()
                        .filter(e -> e.receiver().equals(name))
                        .mapToDouble(e -> at(e.from().name())[1])
                        .average()
                        .orElse(TOP);
                int lane = output ? 0 : lane(until, again ? column.getKey() : Integer.MIN_VALUE, name);
                places.put(name, new double[] {x, output ? mean : TOP + lane * ROW + ROW / 2});
            }
            x += column.getValue().stream()
                            .mapToDouble(PathGraph::boxWidth)
                            .max()
                            .orElse(0)
                    + GAP;
        }
        height = TOP + until.size() * ROW + 36;
        width = x - GAP + 12;
    }

    /** The first lane that is free at a layer, from there on taken up to the last receiver of the node. */
    private int lane(List<Integer> until, int layer, String name) {
        int lane = 0;
        while (lane < until.size() && until.get(lane) > layer) {
            lane++;
        }
        if (lane == until.size()) {
            until.add(layer);
        }
        until.set(
                lane,
                edges.stream()
                        .filter(edge -> edge.from().name().equals(name))
                        .mapToInt(PathEdge::layer)
                        .reduce(layer + 1, Math::max));
        return lane;
    }

    private double[] at(String name) {
        return places.getOrDefault(name, new double[2]);
    }

    private static double boxWidth(String name) {
        return 18 + name.length() * 7.4;
    }

    public String svg(String label) {
        Svg svg = new Svg(width, height, label);
        columns.forEach((layer, names) -> {
            double x = at(names.get(0))[0];
            double wide = names.stream().mapToDouble(PathGraph::boxWidth).max().orElse(0);
            svg.label("axis mid", x + wide / 2, 14, style.titles().apply(layer));
        });
        double strongest =
                edges.stream().mapToDouble(e -> Math.abs(e.effect())).max().orElse(1);
        // Weak ones first, so that strong ones lie on top.
        List<PathEdge> drawn = new ArrayList<>(edges);
        drawn.sort(Comparator.comparingDouble(e -> Math.abs(e.effect())));
        drawn.forEach(edge -> edge(svg, edge, strongest));
        places.forEach((name, at) -> node(svg, name, at));
        double y = height - 12;
        sample(svg, "edge", 12, y - 4);
        svg.label("tick", 46, y, style.full());
        sample(svg, "edge against", 186, y - 4);
        svg.label("tick", 220, y, style.dashed());
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
        double[] from = at(edge.from().name());
        double[] to = at(edge.receiver());
        double x1 = from[0] + boxWidth(edge.from().name());
        double x2 = to[0];
        double turn = Math.max(x1, x2 - GAP);
        double bend = (x2 - turn) * 0.6;
        svg.open("path")
                .attr("class", style.dashed(edge.effect()) ? "edge against" : "edge")
                .attr(
                        "d",
                        "M" + Svg.num(x1) + " " + Svg.num(from[1]) + "H" + Svg.num(turn) + "C"
                                + Svg.num(turn + bend) + " " + Svg.num(from[1])
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
