package dev.loupe.report;

import dev.loupe.report.chart.PageDetail;
import dev.loupe.report.section.ClaimsTable;
import dev.loupe.report.section.FigureSection;
import dev.loupe.report.section.Markup;
import dev.loupe.report.section.PathSection;
import dev.loupe.report.section.Section;
import dev.loupe.report.section.Sections;
import dev.loupe.result.RunResult;
import freemarker.core.TemplateHTMLOutputModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page template sees, in the order in which a reader meets it.
 *
 * @param key the figure that carries the answer, shown before the claims; its section is not shown again
 * @param sections every other artifact
 */
public record PageModel(
        String title,
        String id,
        String variant,
        String question,
        String answer,
        ClaimsTable claims,
        @Nullable Section key,
        List<Section> sections,
        @Nullable TemplateHTMLOutputModel notes,
        Method method) {
    /** An entry of {@link RunResult#extra} that names the artifact to be shown first. */
    static final String KEY_FIGURE = "key-figure";

    public static PageModel of(RunResult run, PageDetail detail) {
        List<Section> sections = new ArrayList<>(Sections.of(run, detail));
        Section key = key(run, sections);
        if (key != null) {
            sections.remove(key);
        }
        return new PageModel(
                run.title(),
                run.id(),
                run.variant(),
                run.question().isBlank() ? (run.title().isBlank() ? run.id() : run.title()) : run.question(),
                run.answer(),
                ClaimsTable.of(run.claims()),
                key,
                sections,
                run.notes().isBlank() ? null : Markup.markdown(run.notes()),
                Method.of(run, detail));
    }

    /** The artifact that the run names, else the first that is drawn. */
    private static @Nullable Section key(RunResult run, List<Section> sections) {
        String wanted = run.extra().get(KEY_FIGURE);
        int artifact = 0;
        for (Section section : sections) {
            if (section instanceof PathSection graph) {
                // A graph is drawn from artifacts and is none itself.
                if (graph.key() && graph.first().equals(wanted)) {
                    return graph;
                }
            } else if (run.artifacts().get(artifact++).name().equals(wanted)) {
                return section;
            }
        }
        for (Section section : sections) {
            if (section instanceof FigureSection figure && !figure.panels().isEmpty()) {
                return section;
            }
        }
        return null;
    }
}
