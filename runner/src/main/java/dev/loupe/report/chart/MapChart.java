package dev.loupe.report.chart;

import dev.loupe.report.draw.ChanceWords;
import dev.loupe.report.draw.ColourScale;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.draw.Svg;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Heat maps: the last two axes are rows and columns, further axes small multiples. All maps of one unit that stand side by
 * side share one colour scale, which is centred on what was measured without the edit where it is about edited runs.
 * Numbers stand in the cells where there is room; cells that lie beyond chance carry a corner mark.
 */
public final class MapChart implements Chart {
    private static final double WIDTH = 1000;

    private static final int FEW = 3;

    /** Maps with more rows than this have low cells. */
    private static final int TALL = 12;

    private final @Nullable Axis steps;

    public MapChart() {
        this(null);
    }

    private MapChart(@Nullable Axis steps) {
        this.steps = steps;
    }

    /** Maps of the last step of a training alone, from which the page's script goes to the others. */
    public static MapChart ofLast(Axis steps) {
        return new MapChart(steps);
    }

    @Override
    public boolean fits(List<Axis> axes) {
        return axes.size() >= 2;
    }

    /**
     * Layer and head, where both are there, become rows and columns whatever their place; of a single layer the models of a
     * family are the rows, which would each be a map of one row otherwise.
     */
    @Override
    public Plotted plotted(Quantity quantity) {
        NamedArray values = quantity.estimate();
        for (String heads : List.of("head", "kv_head")) {
            if (values.hasAxis("layer") && values.hasAxis(heads)) {
                return Plotted.of(quantity, rows(values), heads);
            }
        }
        return Plotted.of(quantity);
    }

    private String rows(NamedArray values) {
        return values.axis("layer").size() > 1 || steps != null
                ? "layer"
                : values.axes().stream()
                        .filter(axis -> AxisKind.family(axis) && axis.size() > 1)
                        .map(Axis::name)
                        .findFirst()
                        .orElse("layer");
    }

    @Override
    public boolean isSearched() {
        return true;
    }

    @Override
    public boolean isColoured() {
        return true;
    }

    @Override
    public Drawing draw(Quantity quantity, Scene scene, PageDetail detail) {
        Plotted plotted = plotted(quantity);
        Baselines baselines = Baselines.of(quantity, scene.others());
        double centre = baselines.centre() == null ? 0 : baselines.centre();
        List<Quantity> sharing = scene.sharing(quantity);
        ColourScale colours = MapColours.of(sharing, centre);
        List<Plotted.Slice> all = plotted.slices(2).stream().filter(this::shown).toList();
        List<Plotted.Slice> defined =
                all.stream().filter(slice -> defined(plotted, slice)).toList();
        List<Plotted.Slice> slices = defined.isEmpty() ? all : defined;
        int across = across(plotted, slices.size());
        int shown = steps != null ? across * scene.columns() : slices.size() == 1 ? scene.columns() : across;
        boolean drawn = slices.stream().mapToInt(Plotted.Slice::size).sum() <= detail.cells();
        List<Drawing.Panel> panels = new ArrayList<>();
        for (Plotted.Slice slice : slices) {
            panels.add(new Drawing.Panel(
                    steps == null ? slice.title() : slice.title(steps.name()),
                    drawn
                            ? panel(plotted, slice, colours, WIDTH / shown, detail.numbered())
                            : MapPicture.panel(plotted, slice, colours, WIDTH / shown, steps)));
        }
        NullBand chance = ChanceMarks.shown(quantity);
        return new Drawing(
                panels,
                across,
                ColourLegend.svg(
                        colours,
                        quantity.unit(),
                        sharing.size() > 1 ? null : chance,
                        baselines.marks(),
                        scene.columns()),
                caption(quantity, baselines, all.size() - slices.size(), slices.size(), drawn));
    }

    /** How many panels stand side by side: those of the axis that changes fastest. */
    private static int across(Plotted plotted, int panels) {
        int rank = plotted.axes().size();
        return panels == 1
                ? 1
                : Math.min(
                        panels,
                        Math.min(4, Math.max(2, plotted.axes().get(rank - 3).size())));
    }

    private static List<String> caption(
            Quantity quantity, Baselines baselines, int undefined, int panels, boolean drawn) {
        NullBand chance = ChanceMarks.shown(quantity);
        List<String> caption = new ArrayList<>();
        if (!baselines.marks().isEmpty()) {
            String marks = baselines.marks().stream()
                    .map(mark -> mark.name() + " " + Numbers.show(mark.value()))
                    .collect(Collectors.joining(", "));
            caption.add("Baselines: " + marks + "; without colour is "
                    + Numbers.show(baselines.centre() == null ? 0 : baselines.centre()) + ".");
        } else if (Baselines.missing(quantity, baselines)) {
            caption.add("The value without the edit was not measured in this run, so 0 is without colour.");
        }
        if (chance != null && drawn) {
            caption.add("A dot in the corner marks cells " + ChanceWords.beyond(chance.side()) + ".");
        }
        if (panels > 1) {
            caption.add("All maps share one colour scale.");
        }
        if (undefined > 0) {
            caption.add(Count.of(undefined, "map without defined values is", "maps without defined values are")
                    + " left out.");
        }
        return caption;
    }

    private static boolean defined(Plotted plotted, Plotted.Slice slice) {
        for (int i = slice.offset(); i < slice.offset() + slice.size(); i++) {
            if (!Double.isNaN(plotted.values()[i])) {
                return true;
            }
        }
        return false;
    }

    /** Whether a slice is of the last step, where there are steps. */
    private boolean shown(Plotted.Slice slice) {
        int axis = steps == null ? -1 : slice.outer().indexOf(steps);
        return axis < 0 || slice.at()[axis] == slice.outer().get(axis).size() - 1;
    }

    private String panel(Plotted plotted, Plotted.Slice slice, ColourScale colours, double room, int numbered) {
        int rank = plotted.axes().size();
        Axis rows = plotted.axes().get(rank - 2);
        Axis columns = plotted.axes().get(rank - 1);
        double left = MapLabels.left(rows);
        int width = (int) clamp((room - left - 20) / Math.max(1, columns.size()), 3, 52);
        // A few rows are tall enough for their labels and the name of their axis.
        int height = (int) clamp(width * 0.72, rows.size() <= FEW ? 22 : 6, rows.size() > TALL ? 12 : 34);
        MapLabels labels = new MapLabels(rows, columns, width, height);
        MapGrid grid = new MapGrid(left, MapLabels.TOP, width, height, rows.size(), columns.size());
        Svg svg = new Svg(
                labels.width(grid.right()),
                labels.height(grid.bottom()),
                ChartDescription.describe(plotted, slice, rows.name() + " by " + columns.name() + " map"));
        int decimals =
                width >= 30 && height >= 16 && slice.size() <= numbered ? Numbers.cellDecimals(colours.reach()) : -1;
        if (steps != null) {
            StepMarks.map(svg, steps, colours, decimals);
        }
        grid.draw(svg, plotted, slice, colours);
        NullBand chance = ChanceMarks.shown(plotted.quantity());
        for (int i = 0; i < slice.size(); i++) {
            double value = plotted.values()[slice.offset() + i];
            double middle = grid.x(i) + width / 2.0;
            double base = grid.y(i) + height / 2.0 + 4;
            String step = colours.step(value);
            if (Double.isNaN(value) && width >= 12) {
                svg.label("num na", middle, base, "×");
            } else if (decimals >= 0 && !Double.isNaN(value)) {
                svg.label("num " + step, middle, base, Numbers.fixed(value, decimals));
            }
            if (chance != null && chance.beyond(value) && width >= 10) {
                svg.circle("mark " + step, grid.x(i) + width - 5.0, grid.y(i) + 5.0, Math.min(2.4, width / 6.0))
                        .end();
            }
        }
        labels.draw(svg, grid.left(), grid.right(), grid.top(), grid.bottom());
        return svg.done();
    }

    public static double clamp(double value, double low, double high) {
        return Math.max(low, Math.min(high, value));
    }
}
