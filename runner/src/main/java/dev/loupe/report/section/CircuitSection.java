package dev.loupe.report.section;

import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.chart.Plotted;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.graph.GraphStyle;
import dev.loupe.report.graph.PathEdge;
import dev.loupe.report.graph.PathGraph;
import dev.loupe.result.Artifact;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The edges that pruning kept, as a graph from the embedding to the logits: one for each model. */
final class CircuitSection {
    private static final int MOST = 80;
    private static final String KEPT = ".kept";
    private static final Pattern END = Pattern.compile("(L(\\d+)(?:H\\d+)?)(?:\\.(q|k|v|mlp_in))?");
    private static final Pattern MLP = Pattern.compile("(\\d+)_mlp_out");

    private CircuitSection() {}

    static List<PathSection> of(List<Artifact> artifacts) {
        List<PathSection> sections = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            if (!(artifact instanceof Quantity kept) || !kept.name().endsWith(KEPT) || !edges(kept.estimate())) {
                continue;
            }
            String name = kept.name().substring(0, kept.name().length() - KEPT.length());
            artifacts.stream()
                    .filter(a -> a instanceof Quantity && a.name().equals(name + ".effect"))
                    .findFirst()
                    .ifPresent(effect -> sections.addAll(graphs(kept, (Quantity) effect)));
        }
        return sections;
    }

    static boolean edges(NamedArray numbers) {
        return numbers.hasAxis("upstream") && numbers.hasAxis("downstream");
    }

    private static List<PathSection> graphs(Quantity kept, Quantity effect) {
        Plotted flags = Plotted.of(kept, "upstream", "downstream");
        Plotted effects = Plotted.of(effect, "upstream", "downstream");
        List<PathSection> sections = new ArrayList<>();
        for (Plotted.Slice slice : flags.slices(2)) {
            List<PathEdge> edges = new ArrayList<>();
            for (int i = slice.offset(); i < slice.offset() + slice.size(); i++) {
                if (flags.values()[i] == 1) {
                    edges.add(edge(effects, i));
                }
            }
            if (!edges.isEmpty()) {
                sections.add(section(kept, effect, slice.title(), slice.offset(), edges, sections.size()));
            }
        }
        return sections;
    }

    private static PathSection section(
            Quantity kept, Quantity effect, String model, int flat, List<PathEdge> edges, int number) {
        edges.sort(Comparator.comparingDouble((PathEdge e) -> -Math.abs(e.effect())));
        List<PathEdge> drawn = edges.subList(0, Math.min(MOST, edges.size()));
        String label = "Graph of the kept edges. "
                + String.join("; ", drawn.stream().limit(8).map(PathEdge::hint).toList()) + ".";
        List<String> caption = new ArrayList<>(List.of(Count.of(edges.size(), "edge is", "edges are") + " kept."));
        if (drawn.size() < edges.size()) {
            caption.add("Only the " + MOST + " with the largest effect are drawn.");
        }
        caption.add("Lines to several inputs of one head overlap; the table lists them separately.");
        return new PathSection(
                "circuit-" + kept.name().replaceAll("[^A-Za-z0-9]+", "-") + (number == 0 ? "" : "-" + (number + 1)),
                kept.title().replaceAll(": kept$", "") + (model.isEmpty() ? "" : ", " + model) + ": the graph",
                kept.name(),
                true,
                "Each line is an edge of the circuit, from the component that writes to the residual stream to the "
                        + "component that reads it. Its width is the change of the metric when the edge was removed: solid "
                        + "where it decreased, dashed where it increased. Drawn from " + kept.name() + " and "
                        + effect.name() + ".",
                AxisKind.model(kept, flat),
                effect.unit(),
                Numbers.rows(effect.n()),
                Markup.svg(new PathGraph(drawn, GraphStyle.circuit(layers(kept))).svg(label)),
                PathSection.table(edges),
                caption);
    }

    private static int layers(Quantity kept) {
        return 1
                + kept.estimate().axis("downstream").labels().stream()
                        .mapToInt(label -> number(END, label, 2))
                        .max()
                        .orElse(0);
    }

    private static int number(Pattern pattern, String label, int group) {
        Matcher m = pattern.matcher(label);
        return m.matches() ? Integer.parseInt(m.group(group)) : 0;
    }

    private static PathEdge edge(Plotted effects, int flat) {
        int[] at = effects.estimate().coordinates(flat);
        List<Axis> axes = effects.axes();
        int up = axes.size() - 2;
        String end = axes.get(up + 1).labels().get(at[up + 1]);
        int layers = axes.get(up + 1).labels().stream()
                        .mapToInt(label -> number(END, label, 2))
                        .max()
                        .orElse(0)
                + 1;
        Matcher m = END.matcher(end);
        PathEdge.Sender from = sender(axes.get(up).labels().get(at[up]));
        if (!m.matches()) {
            return new PathEdge(from, end, "", 2 * layers, effects, flat);
        }
        boolean mlp = "mlp_in".equals(m.group(3));
        return new PathEdge(
                from,
                m.group(1) + (mlp ? ".mlp" : ""),
                mlp ? "mlp_in" : m.group(3),
                2 * Integer.parseInt(m.group(2)) + (mlp ? 1 : 0),
                effects,
                flat);
    }

    /** The name and the column of what writes, named as where it reads. */
    private static PathEdge.Sender sender(String label) {
        Matcher mlp = MLP.matcher(label);
        if (mlp.matches()) {
            return new PathEdge.Sender(2 * Integer.parseInt(mlp.group(1)) + 1, "L" + mlp.group(1) + ".mlp");
        }
        return new PathEdge.Sender(label.equals("embed") ? -1 : 2 * number(END, label, 2), label);
    }
}
