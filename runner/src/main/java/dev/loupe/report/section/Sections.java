package dev.loupe.report.section;

import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.pattern.PatternSeries;
import dev.loupe.result.Artifact;
import dev.loupe.result.Figure;
import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The registry: which section shows which artifact, and where. */
public final class Sections {
    private final RunResult run;
    private final PageDetail detail;
    private final List<SectionKind<?>> kinds;
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final Set<String> taken = new HashSet<>();

    private Sections(RunResult run, PageDetail detail) {
        this.run = run;
        this.detail = detail;
        kinds = List.of(new AttentionSection.Kind(), new TokenSection.Kind(run.artifacts()), new RankingSection.Kind());
        run.artifacts().forEach(artifact -> id(artifact.name()));
    }

    public static List<Section> of(RunResult run, PageDetail detail) {
        return new Sections(run, detail).all();
    }

    /** The address of every artifact on the page, by its name. */
    public static Map<String, String> addresses(RunResult run) {
        return new Sections(run, PageDetail.FROM_FULL.get(0)).ids;
    }

    private List<Section> all() {
        List<Artifact> artifacts = run.artifacts();
        List<Quantity> numbers = new ArrayList<>();
        List<Artifact> figures = new ArrayList<>();
        Set<Artifact> elsewhere = new HashSet<>();
        PatternSeries.of(artifacts).forEach(series -> elsewhere.addAll(series.artifacts()));
        for (Artifact artifact : artifacts) {
            if (elsewhere.contains(artifact)) {
                continue;
            }
            if (artifact instanceof Quantity quantity && isNumber(quantity)) {
                numbers.add(quantity);
            } else {
                figures.add(artifact);
            }
        }
        List<PathSection> graphs = new ArrayList<>(PathSection.of(artifacts));
        graphs.addAll(CircuitSection.of(artifacts));
        Groups groups = new Groups(artifacts, this::id, this::other, detail);
        List<Section> sections = new ArrayList<>();
        if (!numbers.isEmpty()) {
            sections.add(NumbersSection.of(numbers, quantity -> id(quantity.name())));
        }
        for (List<Artifact> group : Questions.of(figures)) {
            // A graph stands before the maps that it is drawn from.
            graphs.stream()
                    .filter(graph ->
                            group.stream().anyMatch(artifact -> artifact.name().equals(graph.first())))
                    .forEach(sections::add);
            sections.add(groups.section(group));
        }
        return sections;
    }

    private static boolean isNumber(Quantity quantity) {
        return AxisKind.single(quantity) && (quantity.figure() == Figure.AUTO || quantity.figure() == Figure.NUMBER);
    }

    private Section other(Artifact artifact) {
        for (SectionKind<?> kind : kinds) {
            if (kind.type().isInstance(artifact)) {
                return made(kind, artifact, id(artifact.name()), detail);
            }
        }
        throw new IllegalStateException(
                "no section shows " + artifact.getClass().getSimpleName());
    }

    private static <A extends Artifact> Section made(
            SectionKind<A> kind, Artifact artifact, String id, PageDetail detail) {
        return kind.section(kind.type().cast(artifact), id, detail);
    }

    private String id(String name) {
        return ids.computeIfAbsent(name, this::free);
    }

    private String free(String name) {
        String plain = "m-"
                + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
        String id = plain;
        for (int n = 2; !taken.add(id); n++) {
            id = plain + "-" + n;
        }
        return id;
    }
}
