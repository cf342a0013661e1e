package dev.loupe.report.chart;

import dev.loupe.report.draw.ColourScale;
import dev.loupe.report.draw.Numbers;
import dev.loupe.report.draw.Svg;
import dev.loupe.result.Axis;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a picture says of the steps of a training, by which the page's script shows the step that a reader chooses. */
public final class StepMarks {
    private StepMarks() {}

    /** On the picture that is being opened: each step and where it stands across, and where the chart begins and ends. */
    public static void lines(Svg svg, Axis steps, double[] xs, double top, double bottom) {
        svg.attr(
                "data-steps",
                IntStream.range(0, xs.length)
                        .mapToObj(i -> steps.labels().get(i) + ":" + Svg.num(xs[i]))
                        .collect(Collectors.joining(" ")));
        svg.attr("data-reach", Svg.num(top) + " " + Svg.num(bottom));
    }

    /** On a map that is being opened: its steps, of which it shows the last, and how a number becomes a colour and a text. */
    static void map(Svg svg, Axis steps, ColourScale colours, int decimals) {
        svg.attr("data-frames", String.join(" ", steps.labels()));
        svg.attr(
                "data-colours",
                (colours.diverging() ? "1 " : "0 ") + Numbers.exact(colours.centre()) + " "
                        + Numbers.exact(colours.reach()) + " " + decimals);
    }
}
