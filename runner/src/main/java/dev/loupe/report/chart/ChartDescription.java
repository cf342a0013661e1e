package dev.loupe.report.chart;

/** What a picture shows, in words, for those who do not see it. */
final class ChartDescription {
    private ChartDescription() {}

    /** "layer by head map of X, IND: largest L1H2, IND: 0.93; smallest ...; undefined at 3 of 12". */
    static String describe(Plotted plotted, Plotted.Slice slice, String kind) {
        int largest = -1;
        int smallest = -1;
        int undefined = 0;
        for (int flat = slice.offset(); flat < slice.offset() + slice.size(); flat++) {
            double value = plotted.values()[flat];
            if (Double.isNaN(value)) {
                undefined++;
                continue;
            }
            if (largest < 0 || value > plotted.values()[largest]) {
                largest = flat;
            }
            if (smallest < 0 || value < plotted.values()[smallest]) {
                smallest = flat;
            }
        }
        StringBuilder text = new StringBuilder(kind);
        // One of several panels stands under the heading that says what all of them show.
        text.append(slice.title().isEmpty() ? " of " + plotted.quantity().title() : ", " + slice.title());
        if (largest >= 0) {
            text.append(". Largest: ")
                    .append(plotted.hint(largest, slice.outer().size()));
            text.append(". Smallest: ")
                    .append(plotted.hint(smallest, slice.outer().size()));
        }
        if (undefined > 0) {
            text.append(". Undefined at ").append(undefined).append(" of ").append(slice.size());
        }
        return text.append('.').toString();
    }
}
