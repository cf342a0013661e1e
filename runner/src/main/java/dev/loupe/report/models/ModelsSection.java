package dev.loupe.report.models;

import dev.loupe.report.chart.ColourLegend;
import dev.loupe.report.section.Markup;
import dev.loupe.report.section.Section;
import freemarker.core.TemplateHTMLOutputModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Several models beside one another: which claims hold in which of them, each claim as a forest plot, numbers against size, heads
 * by relative depth, and what must be alike before they can be compared.
 *
 * @param sizes numbers of models against their size; none where all are of one size
 * @param sizeData the numbers against size, for the downloads
 * @param depths scores of heads in models of unlike depth
 */
public record ModelsSection(
        VerdictMatrix matrix,
        List<Panel> forests,
        boolean chance,
        boolean sized,
        List<Panel> sizes,
        String sizeData,
        List<Maps> depths,
        Comparability comparability)
        implements Section {
    /** More models than these are easier to read as a section than in the list of claims. */
    private static final int FEW = 4;

    /** @param note beneath the title */
    public record Panel(String title, String note, TemplateHTMLOutputModel svg) {}

    /**
     * Maps on one scale.
     *
     * @param names the measurements whose numbers they show, with {@code |} between them
     */
    public record Maps(String title, String names, List<Panel> panels, TemplateHTMLOutputModel legend) {}

    /**
     * Null where there are not several models, or they are a few that differ in their seed alone, of which the list of claims
     * says everything.
     */
    public static @Nullable ModelsSection of(List<NamedRun> runs) {
        ModelClaims claims = ModelClaims.of(runs);
        VerdictMatrix matrix = VerdictMatrix.of(claims);
        List<SizePlot> sizes = SizePlot.of(runs);
        if (matrix == null || runs.size() == 1 && claims.rows().size() <= FEW && !claims.unlike() && sizes.isEmpty()) {
            return null;
        }
        List<ModelRow> order = claims.bySize();
        return new ModelsSection(
                matrix,
                claims.columns().stream()
                        .map(column -> new Panel(
                                column.number() + ". " + column.say(),
                                "expected " + column.limits().words() + "; " + column.holds(),
                                Markup.svg(ForestPlot.svg(column, order))))
                        .toList(),
                claims.columns().stream()
                        .flatMap(column -> column.entries().values().stream())
                        .anyMatch(entry -> Double.isFinite(entry.chance())),
                order.stream()
                                .mapToDouble(ModelRow::parameters)
                                .distinct()
                                .filter(Double::isFinite)
                                .count()
                        > 1,
                sizes.stream()
                        .map(plot -> new Panel(plot.title(), "", Markup.svg(plot.svg())))
                        .toList(),
                SizePlot.json(sizes),
                DepthMaps.of(runs).stream().map(ModelsSection::maps).toList(),
                Comparability.of(runs, claims.rows()));
    }

    private static Maps maps(DepthMaps maps) {
        List<Panel> panels = new ArrayList<>();
        maps.panels().forEach(panel -> panels.add(new Panel(panel.model(), "", Markup.svg(maps.svg(panel)))));
        return new Maps(
                maps.title(),
                maps.panels().stream()
                        .map(panel -> panel.quantity().name())
                        .distinct()
                        .collect(Collectors.joining("|")),
                panels,
                Markup.svg(ColourLegend.svg(maps.colours(), maps.unit(), null, List.of())));
    }

    @Override
    public String id() {
        return "models";
    }

    @Override
    public String title() {
        return "Models beside one another";
    }

    @Override
    public String partial() {
        return "models";
    }
}
