package dev.loupe.report.section;

import dev.loupe.report.chart.Chart;
import dev.loupe.report.chart.Drawing;
import dev.loupe.report.chart.Plotted;
import dev.loupe.report.draw.ChanceWords;
import dev.loupe.report.draw.Numbers;
import dev.loupe.result.Interval;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.result.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is said under a figure: what stands out, what chance gives, what the intervals are, and what the marks mean. */
final class FigureCaption {
    /** How many are named where a figure counts numbers without saying whose they are. */
    private static final int NAMED = 5;

    private FigureCaption() {}

    /** The number that shows most, which a null is held against; -1 where none is defined. */
    static int find(Plotted plotted) {
        NullBand chance = plotted.quantity().chance();
        Side side = chance == null ? Side.HIGHER : chance.side();
        int find = -1;
        for (int flat = 0; flat < plotted.values().length; flat++) {
            double value = plotted.values()[flat];
            if (!Double.isNaN(value) && (find < 0 || side.more(value, plotted.values()[find]))) {
                find = flat;
            }
        }
        return find;
    }

    static List<String> of(Plotted plotted, @Nullable Chart chart, @Nullable Drawing drawing, int drawn) {
        Quantity quantity = plotted.quantity();
        List<String> sentences = new ArrayList<>();
        NullBand chance = quantity.chance();
        int find = find(plotted);
        boolean searched = plotted.values().length > 1 && (chart != null && chart.isSearched() || chance != null);
        if (searched && find >= 0) {
            Side side = chance == null ? Side.HIGHER : chance.side();
            String extreme = ChanceWords.extreme(side);
            List<String> named = chart != null && chart.isCounted()
                    ? plotted.ranked(side).stream()
                            .limit(NAMED)
                            .map(plotted::hint)
                            .toList()
                    : List.of(plotted.hint(find));
            sentences.add(Character.toUpperCase(extreme.charAt(0)) + extreme.substring(1) + ": "
                    + String.join("; ", named) + ".");
        }
        if (!quantity.whyUndefined().isEmpty()) {
            sentences.add("It is " + quantity.whyUndefined() + ".");
        }
        if (chance != null) {
            sentences.add("Chance: " + ChanceWords.edge(chance) + " (" + chance.method() + ").");
            if (find >= 0) {
                sentences.add(ChanceWords.find(chance, plotted.values()[find], plotted.values().length > 1));
            }
        } else if (searched && chart != null && chart.isColoured()) {
            sentences.add("No chance level was measured.");
        }
        sentences.add(interval(quantity));
        if (drawing != null) {
            sentences.addAll(drawing.caption());
            if (drawn < drawing.panels().size()) {
                sentences.add((drawn == 1 ? "Only the first" : "The first " + drawn) + " of "
                        + drawing.panels().size() + " panels " + (drawn == 1 ? "is" : "are")
                        + " drawn; the results file has the numbers of all.");
            }
        }
        if (Attribution.applies(quantity)) {
            sentences.add("Shown are the terms with the largest absolute values, the sum of the others, and the "
                    + "total; the data table and the downloads have all terms.");
        }
        return sentences;
    }

    static String interval(Quantity quantity) {
        Interval interval = quantity.interval();
        Integer rows = quantity.setting().rows();
        if (interval == null && rows != null) {
            return "Exact numbers: every row that exists was read, n = " + rows + ".";
        }
        return interval == null
                ? "No interval was computed for these numbers."
                : "Intervals: " + Numbers.show(interval.level() * 100) + " %, " + interval.method() + ", n = "
                        + interval.n() + ".";
    }
}
