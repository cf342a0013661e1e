package dev.loupe.report.chart;

import dev.loupe.report.draw.PageDetail;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A quantity as its figure draws it, to be looked at by a test. */
record Drawn(Drawing drawing) {
    static Drawn of(Figure figure, double[] values, Axis... axes) {
        Quantity quantity = new Quantity("q", "t", "d", figure, "u", new NamedArray(List.of(axes), values), null, null);
        return new Drawn(Charts.draw(quantity, Scene.ALONE, PageDetail.FROM_FULL.get(0)));
    }

    Document panel(int index) {
        return Jsoup.parse(drawing.panels().get(index).svg());
    }

    /** A number of every element that a selector finds. */
    List<Double> numbers(String selector, String attribute) {
        return panel(0).select(selector).stream()
                .map(element -> Double.valueOf(element.attr(attribute)))
                .toList();
    }
}
