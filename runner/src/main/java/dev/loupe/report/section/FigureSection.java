package dev.loupe.report.section;

import dev.loupe.report.chart.ChanceWords;
import dev.loupe.report.chart.Chart;
import dev.loupe.report.chart.Charts;
import dev.loupe.report.chart.Drawing;
import dev.loupe.report.chart.NullStrip;
import dev.loupe.report.chart.Numbers;
import dev.loupe.report.chart.PageDetail;
import dev.loupe.report.chart.Plotted;
import dev.loupe.result.Artifact;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Interval;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.result.Side;
import freemarker.core.TemplateHTMLOutputModel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A quantity as a figure with its caption, its top components, its data and its downloads.
 *
 * @param columns how many panels stand side by side
 * @param check the sum check, where the numbers are terms of a sum
 * @param number the one number with its unit, where there is only one
 * @param downloads the data drawn, as JSON; null where the page leaves it to the run's files
 */
public record FigureSection(
        String id,
        String title,
        String name,
        TemplateHTMLOutputModel doc,
        List<PromptLine> prompts,
        List<Panel> panels,
        int columns,
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

    /** A number that stands alone. */
    public record Number(String value, String interval, String unit) {}

    @Override
    public String partial() {
        return "figure";
    }

    public static final class Kind implements SectionKind<Quantity> {
        private static final int TOP = 12;

        private final List<Artifact> others;

        public Kind() {
            this(List.of());
        }

        /** @param others what else the run has, to hold numbers against */
        public Kind(List<Artifact> others) {
            this.others = List.copyOf(others);
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
            Drawing drawing = Charts.draw(terms ? Attribution.shortened(quantity) : quantity, others, detail);
            NullBand chance = quantity.chance();
            int find = find(plotted);
            List<Panel> panels = new ArrayList<>();
            if (drawing != null) {
                for (Drawing.Panel panel : drawing.panels()) {
                    panels.add(new Panel(panel.title(), Markup.svg(panel.svg())));
                }
            }
            boolean strip = chance != null && chance.draws().length > 0 && find >= 0;
            return new FigureSection(
                    id,
                    quantity.title(),
                    quantity.name(),
                    Markup.markdown(quantity.doc()),
                    PromptLine.of(quantity.setting().prompts()),
                    panels,
                    drawing == null ? 1 : drawing.columns(),
                    drawing == null || drawing.legend() == null ? null : Markup.svg(drawing.legend()),
                    strip && chance != null
                            ? Markup.svg(NullStrip.svg(chance, plotted.values()[find], plotted.hint(find)))
                            : null,
                    figure == Figure.NUMBER
                            ? new Number(
                                    Numbers.show(plotted.values()[0]),
                                    plotted.intervalText(0).strip(),
                                    quantity.unit())
                            : null,
                    terms ? Attribution.check(quantity, others) : null,
                    caption(plotted, chart, find, drawing),
                    chart != null && chart.isColoured() ? DataTable.top(plotted, TOP) : null,
                    figure == Figure.TABLE && plotted.axes().size() > 1
                            ? DataTable.crossed(plotted, detail.tableRows())
                            : DataTable.of(plotted, detail.tableRows()),
                    figure == Figure.TABLE,
                    plotted.values().length <= detail.numbers() ? json(quantity, plotted) : null);
        }

        private static Side side(Quantity quantity) {
            NullBand chance = quantity.chance();
            return chance == null ? Side.HIGHER : chance.side();
        }

        /** The number that shows most, which a null is held against; -1 where none is defined. */
        private static int find(Plotted plotted) {
            Side side = side(plotted.quantity());
            int find = -1;
            for (int flat = 0; flat < plotted.values().length; flat++) {
                double value = plotted.values()[flat];
                if (!Double.isNaN(value) && (find < 0 || side.more(value, plotted.values()[find]))) {
                    find = flat;
                }
            }
            return find;
        }

        private static List<String> caption(
                Plotted plotted, @Nullable Chart chart, int find, @Nullable Drawing drawing) {
            Quantity quantity = plotted.quantity();
            List<String> sentences = new ArrayList<>();
            boolean searched =
                    plotted.values().length > 1 && (chart != null && chart.isSearched() || quantity.chance() != null);
            if (searched && find >= 0) {
                String extreme = ChanceWords.extreme(side(quantity));
                sentences.add(Character.toUpperCase(extreme.charAt(0)) + extreme.substring(1) + ": "
                        + plotted.hint(find) + ".");
            }
            if (!quantity.whyUndefined().isEmpty()) {
                sentences.add("It is " + quantity.whyUndefined() + ".");
            }
            NullBand chance = quantity.chance();
            if (chance != null) {
                sentences.add("Chance: " + ChanceWords.edge(chance) + " (" + chance.method() + ").");
                if (find >= 0) {
                    sentences.add(ChanceWords.find(chance, plotted.values()[find], plotted.values().length > 1));
                }
            } else if (searched && chart != null && chart.isColoured()) {
                sentences.add("No chance level was measured.");
            }
            Interval interval = quantity.interval();
            if (interval != null) {
                sentences.add("Intervals: " + Numbers.show(interval.level() * 100) + " %, " + interval.method()
                        + ", n = " + interval.n() + ".");
            } else {
                sentences.add("No interval was computed for these numbers.");
            }
            if (drawing != null) {
                sentences.addAll(drawing.caption());
            }
            if (Attribution.applies(quantity)) {
                sentences.add("Shown are the terms with the largest absolute values, the sum of the others, and the "
                        + "total; the data table and the downloads have all terms.");
            }
            return sentences;
        }

        private static String json(Quantity quantity, Plotted plotted) {
            return Embedded.json(json -> {
                json.writeStartObject();
                json.writeStringField("name", quantity.name());
                json.writeStringField("title", quantity.title());
                json.writeStringField("unit", quantity.unit());
                json.writeArrayFieldStart("axes");
                for (Axis axis : plotted.axes()) {
                    json.writeStartObject();
                    json.writeStringField("name", axis.name());
                    Embedded.strings(json, "labels", axis.labels());
                    json.writeEndObject();
                }
                json.writeEndArray();
                Embedded.numbers(json, "values", plotted.values());
                if (plotted.low() != null && plotted.high() != null) {
                    Embedded.numbers(json, "low", plotted.low());
                    Embedded.numbers(json, "high", plotted.high());
                }
                NullBand chance = quantity.chance();
                if (chance != null) {
                    Embedded.numbers(json, "null", chance.draws());
                }
                json.writeEndObject();
            });
        }
    }
}
