package dev.loupe.report.section;

import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.chart.Chart;
import dev.loupe.report.chart.Charts;
import dev.loupe.report.chart.Drawing;
import dev.loupe.report.chart.MapChart;
import dev.loupe.report.chart.NullStrip;
import dev.loupe.report.chart.Plotted;
import dev.loupe.report.chart.Scene;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import freemarker.core.TemplateHTMLOutputModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A quantity as a figure with its caption, its top components, its data and its downloads.
 *
 * @param aliases addresses of the other quantities that are drawn in it
 * @param about what the numbers are, a paragraph each
 * @param promptsAt the address of the figure that shows the same rows, empty where this one does
 * @param columns how many panels stand side by side
 * @param width of the panels that stand side by side, in pixels
 * @param check the sum check, where the numbers are terms of a sum
 * @param maps of heads at the last step of a training, a panel for each model; none elsewhere
 * @param number the one number with its unit, where there is only one
 * @param downloads the data drawn, as JSON; null where the page leaves it to the run's files
 */
public record FigureSection(
        String id,
        List<String> aliases,
        String title,
        String name,
        List<String> about,
        List<PromptLine> prompts,
        String promptsAt,
        List<Panel> panels,
        int columns,
        int width,
        @Nullable StepMaps maps,
        @Nullable TemplateHTMLOutputModel legend,
        @Nullable TemplateHTMLOutputModel strip,
        @Nullable Number number,
        @Nullable DataTable check,
        List<String> caption,
        @Nullable DataTable top,
        DataTable table,
        boolean tableOpen,
        @Nullable String downloads)
        implements Section {
    /** One drawn panel. */
    public record Panel(String title, TemplateHTMLOutputModel svg) {}

    /**
     * Maps of one step of a training.
     *
     * @param step the last one, which they show until a reader chooses another
     */
    public record StepMaps(
            String step,
            int columns,
            List<Panel> panels,
            @Nullable TemplateHTMLOutputModel legend) {}

    /** A number that stands alone. */
    public record Number(String value, String interval, String unit) {}

    @Override
    public String partial() {
        return "figure";
    }

    /** What the numbers are, as markup. */
    public TemplateHTMLOutputModel doc() {
        return Markup.about(about);
    }

    /** The same in a group: under another heading, without what the group says, and without a strip where it is narrow. */
    FigureSection within(String heading, GroupSection group) {
        return copy(
                aliases,
                heading,
                About.without(about, group.about()),
                prompts,
                promptsAt,
                group.legend() == null ? legend : null,
                group.columns() > 1 ? null : strip,
                About.without(caption, group.caption()));
    }

    /** The same with what its group said for it. */
    FigureSection outOf(GroupSection group) {
        List<String> paragraphs = new ArrayList<>(about);
        paragraphs.addAll(group.about());
        List<String> sentences = new ArrayList<>(caption);
        sentences.addAll(group.caption());
        // In a group of one measurement its figures are headed by their part alone.
        String heading = name.endsWith("." + title) ? group.title() + ": " + title : title;
        return copy(
                aliases,
                heading,
                paragraphs,
                prompts,
                promptsAt,
                legend == null ? group.legend() : legend,
                strip,
                sentences);
    }

    /** The same under more addresses. */
    FigureSection under(List<String> addresses) {
        return copy(addresses, title, about, prompts, promptsAt, legend, strip, caption);
    }

    /** The same with example rows that stand elsewhere. */
    FigureSection reading(List<PromptLine> rows, String elsewhere) {
        return copy(aliases, title, about, rows, elsewhere, legend, strip, caption);
    }

    /** The same with other words about its numbers. */
    FigureSection saying(List<String> paragraphs) {
        return copy(aliases, title, paragraphs, prompts, promptsAt, legend, strip, caption);
    }

    private FigureSection copy(
            List<String> addresses,
            String heading,
            List<String> paragraphs,
            List<PromptLine> rows,
            String elsewhere,
            @Nullable TemplateHTMLOutputModel scale,
            @Nullable TemplateHTMLOutputModel chance,
            List<String> sentences) {
        return new FigureSection(
                id,
                addresses,
                heading,
                name,
                paragraphs,
                rows,
                elsewhere,
                panels,
                columns,
                width,
                maps,
                scale,
                chance,
                number,
                check,
                sentences,
                top,
                table,
                tableOpen,
                downloads);
    }

    public static final class Kind implements SectionKind<Quantity> {
        private static final int TOP = 8;
        private static final Set<String> HEADS = Set.of("head", "kv_head");

        private final Scene scene;

        public Kind() {
            this(Scene.ALONE);
        }

        /** @param scene what stands around the figure */
        public Kind(Scene scene) {
            this.scene = scene;
        }

        @Override
        public Class<Quantity> type() {
            return Quantity.class;
        }

        @Override
        public FigureSection section(Quantity quantity, String id, PageDetail detail) {
            Figure figure = Charts.figure(quantity);
            Chart chart = Charts.of(figure);
            Plotted plotted = chart == null ? Plotted.of(quantity) : chart.plotted(quantity);
            boolean terms = Attribution.applies(quantity);
            Drawing drawing = Charts.draw(terms ? Attribution.shortened(quantity) : quantity, scene, detail);
            int find = FigureCaption.find(plotted);
            List<Panel> panels = panels(drawing, detail);
            return new FigureSection(
                    id,
                    List.of(),
                    quantity.title(),
                    quantity.name(),
                    About.of(quantity.doc()),
                    PromptLine.of(quantity.setting().prompts()),
                    "",
                    panels,
                    drawing == null ? 1 : drawing.columns(),
                    drawing == null ? 0 : drawing.width(),
                    figure == Figure.LINES ? maps(quantity, scene, detail) : null,
                    drawing == null || drawing.legend() == null ? null : Markup.svg(drawing.legend()),
                    strip(quantity.chance(), plotted, find),
                    figure == Figure.NUMBER
                            ? new Number(
                                    Numbers.show(plotted.values()[0]),
                                    plotted.intervalText(0).strip(),
                                    quantity.unit())
                            : null,
                    terms ? Attribution.check(quantity, scene.others()) : null,
                    FigureCaption.of(plotted, chart, drawing, panels.size()),
                    chart != null && chart.isColoured() && plotted.values().length > TOP
                            ? DataTable.top(plotted, TOP)
                            : null,
                    table(figure, plotted, detail),
                    figure == Figure.TABLE,
                    plotted.values().length <= detail.numbers() ? Downloads.json(plotted) : null);
        }

        private static List<Panel> panels(@Nullable Drawing drawing, PageDetail detail) {
            return drawing == null
                    ? List.of()
                    : drawing.panels().stream()
                            .limit(detail.panels())
                            .map(panel -> new Panel(panel.title(), Markup.svg(panel.svg())))
                            .toList();
        }

        /** Heads as maps beneath their curves; null where there are no steps, or the numbers are not of heads alone. */
        private static @Nullable StepMaps maps(Quantity quantity, Scene around, PageDetail detail) {
            List<Axis> axes = quantity.estimate().axes();
            int n = axes.size();
            Optional<Axis> steps = axes.stream().filter(AxisKind::training).findFirst();
            if (steps.isEmpty()
                    || n < 3
                    || !axes.get(n - 2).name().equals("layer")
                    || !HEADS.contains(axes.get(n - 1).name())) {
                return null;
            }
            // A chance level would mark cells of one step alone.
            Quantity plain = new Quantity(
                    quantity.name(),
                    quantity.title(),
                    quantity.doc(),
                    Figure.MAP,
                    quantity.unit(),
                    quantity.estimate(),
                    quantity.interval(),
                    null,
                    quantity.setting());
            Drawing drawing =
                    MapChart.ofLast(steps.get()).draw(plain, new Scene(List.of(), List.of(), around.columns()), detail);
            List<String> labels = steps.get().labels();
            return new StepMaps(
                    labels.get(labels.size() - 1),
                    drawing.columns(),
                    panels(drawing, detail),
                    drawing.legend() == null ? null : Markup.svg(drawing.legend()));
        }

        private static @Nullable TemplateHTMLOutputModel strip(@Nullable NullBand chance, Plotted plotted, int find) {
            return chance == null || chance.draws().length == 0 || find < 0
                    ? null
                    : Markup.svg(NullStrip.svg(chance, plotted.values()[find], plotted.hint(find)));
        }

        private static DataTable table(Figure figure, Plotted plotted, PageDetail detail) {
            boolean crossed = (figure == Figure.TABLE || figure == Figure.MAP)
                    && plotted.axes().size() > 1
                    && plotted.axes().get(plotted.axes().size() - 1).size() <= DataTable.MOST_COLUMNS;
            return crossed ? DataTable.crossed(plotted, detail.tableRows()) : DataTable.of(plotted, detail.tableRows());
        }
    }
}
