package dev.loupe.report.chart;

import dev.loupe.report.draw.ChanceWords;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.draw.Svg;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import org.jspecify.annotations.Nullable;

/** Shades what lies inside chance and marks where it ends, on the side where finds stand. */
public final class ChanceMarks {
    /** What a letter of a small label takes at the most, on average. */
    private static final double LETTER = 6.6;

    private ChanceMarks() {}

    /** The null that a figure shows beside its numbers, null where none of its draws is a number. */
    public static @Nullable NullBand shown(Quantity quantity) {
        NullBand chance = quantity.chance();
        return chance != null && Double.isFinite(chance.edge()) ? chance : null;
    }

    /** What is inside chance on this scale, as two pixels. */
    private static double[] inside(NullBand chance, Scale scale) {
        double edge = chance.edge();
        return switch (chance.side()) {
            case HIGHER -> new double[] {scale.at(scale.low()), scale.at(edge)};
            case LOWER -> new double[] {scale.at(edge), scale.at(scale.high())};
            case BOTH -> new double[] {scale.at(-edge), scale.at(edge)};
        };
    }

    /** On a scale that runs across the picture. */
    static void across(Svg svg, NullBand chance, Scale x, double top, double bottom) {
        double[] band = inside(chance, x);
        svg.rect("chanceband", Math.min(band[0], band[1]), top, Math.abs(band[1] - band[0]), bottom - top)
                .end();
        for (double edge : chance.edges()) {
            svg.line("chance", x.at(edge), top, x.at(edge), bottom);
        }
    }

    /** What the line on a scale that runs across is, beside it, or further left where the picture ends. */
    static void named(Svg svg, NullBand chance, Scale x, double y, double width) {
        String words = "chance: " + ChanceWords.edge(chance);
        double beside = x.at(chance.edge()) + 4;
        svg.label("tick", Math.max(0, Math.min(beside, width - LETTER * words.length())), y, words);
    }

    /** On a scale that runs up the picture. */
    static void up(Svg svg, NullBand chance, Scale y, double left, double right) {
        double[] band = inside(chance, y);
        svg.rect("chanceband", left, Math.min(band[0], band[1]), right - left, Math.abs(band[1] - band[0]))
                .end();
        for (double edge : chance.edges()) {
            svg.line("chance", left, y.at(edge), right, y.at(edge));
        }
    }
}
