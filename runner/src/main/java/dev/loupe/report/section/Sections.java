package dev.loupe.report.section;

import dev.loupe.report.chart.PageDetail;
import dev.loupe.result.Artifact;
import dev.loupe.result.RunResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The registry: which section shows which artifact. */
public final class Sections {
    private Sections() {}

    public static List<Section> of(RunResult run, PageDetail detail) {
        List<SectionKind<?>> kinds = List.of(
                new FigureSection.Kind(run.artifacts()),
                new AttentionSection.Kind(),
                new TokenSection.Kind(),
                new RankingSection.Kind());
        List<Section> sections = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        List<PathSection> graphs = new ArrayList<>(PathSection.of(run.artifacts()));
        graphs.addAll(CircuitSection.of(run.artifacts()));
        for (Artifact artifact : run.artifacts()) {
            // A graph stands before the maps that it is drawn from.
            graphs.stream()
                    .filter(graph -> graph.first().equals(artifact.name()))
                    .forEach(sections::add);
            sections.add(section(kinds, artifact, id(artifact.name(), taken), detail));
        }
        return sections;
    }

    private static Section section(List<SectionKind<?>> kinds, Artifact artifact, String id, PageDetail detail) {
        for (SectionKind<?> kind : kinds) {
            if (kind.type().isInstance(artifact)) {
                return made(kind, artifact, id, detail);
            }
        }
        throw new IllegalStateException(
                "no section shows " + artifact.getClass().getSimpleName());
    }

    private static <A extends Artifact> Section made(
            SectionKind<A> kind, Artifact artifact, String id, PageDetail detail) {
        return kind.section(kind.type().cast(artifact), id, detail);
    }

    private static String id(String name, Set<String> taken) {
        String plain = "m-"
                + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
        String id = plain;
        for (int n = 2; !taken.add(id); n++) {
            id = plain + "-" + n;
        }
        return id;
    }
}
