package dev.loupe.report.training;

import dev.loupe.report.chart.AlongAxis;
import dev.loupe.report.chart.AxisKind;
import dev.loupe.report.chart.LineTicks;
import dev.loupe.report.chart.MapPicture;
import dev.loupe.report.chart.Plotted;
import dev.loupe.report.chart.StepMarks;
import dev.loupe.report.draw.ColourScale;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.Svg;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Heads by steps of a training as colours: trainings under one another on one axis of steps, in each the head that changes
 * first as the first row. Its cells are those of the figure that draws the same numbers as curves, whose data the page's script reads.
 *
 * @param all how many heads each training has
 */
record HeadHeatmap(Plotted plotted, Axis steps, List<Row> rows, int all) {
    private static final double WIDTH = 640;
    private static final double TOP = 4;
    private static final double BOTTOM = 42;
    private static final double LETTER = 6.8;

    /** More rows would be a picture that nobody sees whole. */
    private static final int MOST = 96;

    private static final int LEAST = 6;

    /**
     * One head, or the name of a training above its heads.
     *
     * @param onset null where it is a name
     * @param flat where its number at the first step lies among the figure's numbers; -1 where it is a name
     */
    record Row(String name, @Nullable Onset onset, int flat) {
        double value(int step) {
            return onset == null ? Double.NaN : onset.curve().values()[step];
        }

        double at() {
            return onset == null ? Double.NaN : onset.step();
        }

        double change() {
            return onset == null ? -1 : onset.curve().change();
        }
    }

    /** Whether the numbers are of heads along a training. */
    static boolean fits(Plotted plotted) {
        List<Axis> axes = plotted.axes();
        int n = axes.size();
        return n >= 3
                && axes.get(n - 2).name().equals("layer")
                && axes.get(n - 1).name().endsWith("head")
                && AxisKind.training(axes.get(n - 3));
    }

    /**
     * Heads by their onset; of very many heads the ones that change most are kept.
     *
     * @param models the curves of each training, one for each component
     */
    static HeadHeatmap of(Plotted plotted, List<List<TrainingCurve>> models) {
        List<Axis> axes = plotted.axes();
        List<Plotted.Slice> slices = plotted.slices(3);
        int kept = Math.max(LEAST, MOST / slices.size());
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < slices.size(); i++) {
            if (slices.size() > 1) {
                rows.add(new Row(slices.get(i).title(), null, -1));
            }
            int offset = slices.get(i).offset();
            List<TrainingCurve> curves = models.get(i);
            IntStream.range(0, curves.size())
                    .mapToObj(c -> new Row(curves.get(c).component(), Onset.of(curves.get(c), null, 0), offset + c))
                    .sorted(Comparator.comparingDouble((Row row) -> -row.change()))
                    .limit(kept)
                    .sorted(Comparator.comparingDouble(Row::at))
                    .forEach(rows::add);
        }
        return new HeadHeatmap(
                plotted, axes.get(axes.size() - 3), rows, models.get(0).size());
    }

    /**
     * @param colours of all trainings on one scale
     * @param drawn whether cells are drawn one by one; else they are one picture, in the colours of light paper
     */
    String svg(ColourScale colours, boolean drawn) {
        int left = 14
                + (int) (LETTER
                        * rows.stream()
                                .filter(row -> row.onset() != null)
                                .mapToInt(row -> row.name().length())
                                .max()
                                .orElse(4));
        int right = (int) WIDTH - 76;
        int height = Math.max(10, Math.min(18, 440 / rows.size()));
        double bottom = TOP + rows.size() * height;
        AlongAxis across = AlongAxis.of(steps, left + 8, right - 8);
        double[] xs = IntStream.range(0, steps.size())
                .mapToDouble(i -> across.at(steps, i))
                .toArray();
        int[] edges = edges(xs, left, right);
        Svg svg = new Svg(WIDTH, bottom + BOTTOM, words());
        StepMarks.lines(svg, steps, xs, TOP, bottom);
        svg.attr("data-map", numbers(left, TOP, 0, height, steps.size(), rows.size(), 0));
        svg.attr("data-edges", numbers(Arrays.stream(edges).asDoubleStream().toArray()));
        svg.attr("data-rows", numbers(rows.stream().mapToDouble(Row::flat).toArray()));
        svg.attr("data-stride", all);
        if (drawn) {
            cells(svg, colours, edges, height);
        } else {
            picture(svg, colours, edges, height);
        }
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            double base = TOP + (r + 0.5) * height + 4;
            if (row.onset() == null) {
                svg.label("tick strong", left, base, row.name());
            } else {
                svg.label("tick end", left - 6, base, row.name());
                svg.label("tick", right + 8, base, onset(row.onset()));
            }
        }
        LineTicks.along(svg, steps, across, xs, bottom);
        svg.label(
                "axis mid",
                (left + right) / 2.0,
                bottom + 36,
                steps.name() + (across.logarithmic() ? ", logarithmic" : ""));
        // Below the ticks, whose last one ends at the edge.
        svg.label("axis", right + 8.0, bottom + 36, "onset");
        return svg.done();
    }

    /** A cell reaches half of the way to its neighbours. */
    private static int[] edges(double[] xs, int left, int right) {
        int[] edges = new int[xs.length + 1];
        edges[0] = left;
        edges[xs.length] = right;
        for (int i = 1; i < xs.length; i++) {
            edges[i] = (int) Math.round((xs[i - 1] + xs[i]) / 2);
        }
        return edges;
    }

    /** Neighbours of one colour are one rectangle, and all of a colour one path. */
    private void cells(Svg svg, ColourScale colours, int[] edges, int height) {
        Map<String, StringBuilder> paths = new TreeMap<>();
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            int from = 0;
            while (row.onset() != null && from < steps.size()) {
                String step = colours.step(row.value(from));
                int to = from + 1;
                while (to < steps.size() && step.equals(colours.step(row.value(to)))) {
                    to++;
                }
                paths.computeIfAbsent(step, k -> new StringBuilder())
                        .append('M')
                        .append(edges[from])
                        .append(' ')
                        .append(Svg.num(TOP + r * height))
                        .append('H')
                        .append(edges[to])
                        .append('v')
                        .append(height - 1)
                        .append('H')
                        .append(edges[from])
                        .append('z');
                from = to;
            }
        }
        paths.forEach((step, path) -> svg.path("cell " + step, path.toString()));
    }

    /** A pixel for each unit of length across, one row of pixels for each row. */
    private void picture(Svg svg, ColourScale colours, int[] edges, int height) {
        int wide = edges[steps.size()] - edges[0];
        int[] pixels = new int[wide * rows.size()];
        for (int r = 0; r < rows.size(); r++) {
            for (int step = 0; rows.get(r).onset() != null && step < steps.size(); step++) {
                int colour = MapPicture.colour(colours, rows.get(r).value(step));
                int start = r * wide - edges[0];
                Arrays.fill(pixels, start + edges[step], start + edges[step + 1], colour);
            }
        }
        MapPicture.place(
                svg, edges[0], TOP, wide, rows.size() * (double) height, MapPicture.png(wide, rows.size(), pixels));
    }

    /** What the rows are. */
    List<String> caption() {
        long shown = rows.stream().filter(row -> row.onset() != null).count();
        long trainings =
                Math.max(1, rows.stream().filter(row -> row.onset() == null).count());
        String kept = shown == all * trainings
                ? "Rows are heads"
                : "Rows are the " + shown / trainings + " of " + all + " heads that change most";
        return List.of(
                kept + (trainings > 1 ? " of each training" : "")
                        + ", the one that changes first above; beside each its onset, the step where it first is at the middle between"
                        + " its own first and last number. A head without an onset ends where it began, as far as its intervals tell.");
    }

    private static String onset(Onset onset) {
        return onset.defined() ? OnsetTable.step(onset.step()) : "no onset";
    }

    private String words() {
        String named = rows.stream()
                .limit(8)
                .map(row -> row.onset() == null ? row.name() : row.name() + " " + onset(row.onset()))
                .collect(Collectors.joining("; "));
        return plotted.quantity().title() + ": heads by steps, by their onset. " + named + ".";
    }

    private static String numbers(double... all) {
        return DoubleStream.of(all).mapToObj(Numbers::exact).collect(Collectors.joining(" "));
    }
}
