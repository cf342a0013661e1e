package dev.loupe.report.section;

import dev.loupe.report.chart.Plotted;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.graph.GraphStyle;
import dev.loupe.report.graph.PathEdge;
import dev.loupe.report.graph.PathGraph;
import dev.loupe.result.Artifact;
import dev.loupe.result.Quantity;
import freemarker.core.TemplateHTMLOutputModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Path-patching results of one model and one dataset as a graph from senders to receivers.
 *
 * @param first the artifact that it stands before
 * @param model in which the paths are; empty where unknown
 * @param unit of the effects
 * @param n how many rows they are means of; empty where no interval says it
 * @param key whether it carries the answer where the spec names that artifact for it
 */
public record PathSection(
        String id,
        String title,
        String first,
        boolean key,
        String doc,
        String model,
        String unit,
        String n,
        TemplateHTMLOutputModel svg,
        DataTable table,
        List<String> caption)
        implements Section {
    private static final int MOST = 6;
    private static final double LEAST = 0.02;

    @Override
    public String partial() {
        return "paths";
    }

    /** One graph for each model, dataset and reading that paths were patched for. */
    static List<PathSection> of(List<Artifact> artifacts) {
        Map<List<String>, List<Quantity>> groups = new LinkedHashMap<>();
        for (Artifact artifact : artifacts) {
            if (artifact instanceof Quantity quantity && PathEdge.applies(quantity)) {
                groups.computeIfAbsent(
                                List.of(
                                        quantity.setting().model(),
                                        quantity.setting().dataset(),
                                        quantity.setting().reading(),
                                        quantity.unit()),
                                k -> new ArrayList<>())
                        .add(quantity);
            }
        }
        List<PathSection> sections = new ArrayList<>();
        for (List<Quantity> group : groups.values()) {
            PathSection section = section(group, sections.size());
            if (!section.table().rows().isEmpty()) {
                sections.add(section);
            }
        }
        return sections;
    }

    private static PathSection section(List<Quantity> group, int number) {
        int last = 1
                + group.stream()
                        .flatMap(q -> q.estimate().axis("layer").labels().stream())
                        .mapToInt(Integer::parseInt)
                        .max()
                        .orElse(0);
        List<PathEdge> edges = new ArrayList<>();
        for (Quantity quantity : group) {
            edges.addAll(PathEdge.of(quantity, MOST, LEAST, last));
        }
        Quantity first = group.get(0);
        String what = first.unit().isEmpty() ? first.setting().reading() : first.unit();
        String label = "Graph of patched paths. "
                + String.join("; ", edges.stream().limit(8).map(PathEdge::hint).toList()) + ".";
        return new PathSection(
                "paths" + (number == 0 ? "" : "-" + (number + 1)),
                "Paths between heads",
                first.name(),
                false,
                "Each line is a path that was patched: only the receiver reads the sender's output of the other "
                        + "run; other heads are frozen. Its width is the effect on the "
                        + first.setting().reading() + " (" + what
                        + "). Drawn from "
                        + String.join(", ", group.stream().map(Quantity::name).toList()) + ".",
                first.setting().model(),
                what,
                Numbers.rows(first.n()),
                Markup.svg(new PathGraph(edges, GraphStyle.paths(last)).svg(label)),
                table(edges),
                List.of(
                        "At most " + MOST + " senders for each receiver, with at least " + Numbers.show(LEAST)
                                + " of " + what
                                + " in size; paths of other lengths, and of senders that were not swept, are not in "
                                + "the picture.",
                        "Point at a line, or tap it, to see its number."));
    }

    static DataTable table(List<PathEdge> edges) {
        List<DataTable.Row> rows = new ArrayList<>();
        for (PathEdge edge : edges) {
            Plotted plotted = edge.plotted();
            List<String> cells = new ArrayList<>(List.of(
                    edge.from().name(),
                    edge.receiver(),
                    edge.inputs().isEmpty() ? "final residual stream" : edge.inputs()));
            List<Double> numbers = plotted.low() == null || plotted.high() == null
                    ? List.of(edge.effect())
                    : List.of(edge.effect(), plotted.low()[edge.flat()], plotted.high()[edge.flat()]);
            for (double number : numbers) {
                cells.add(Numbers.show(number));
            }
            rows.add(new DataTable.Row(edge.from().name(), cells));
        }
        boolean ends = !edges.isEmpty() && edges.get(0).plotted().low() != null;
        return new DataTable(
                ends
                        ? List.of("sender", "receiver", "input", "effect", "low", "high")
                        : List.of("sender", "receiver", "input", "effect"),
                rows,
                rows.size());
    }
}
