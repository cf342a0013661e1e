package dev.loupe.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.NullBand;
import dev.loupe.result.Side;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class NullStripTest {
    private static final double LETTER = 8;

    private static NullBand band(Side side, double... draws) {
        return new NullBand("m", draws, side);
    }

    private static Document strip(NullBand chance, double found, String where) {
        return Jsoup.parse(NullStrip.svg(chance, found, where));
    }

    private static double number(Element element, String name) {
        return Double.parseDouble(element.attr(name));
    }

    /** Where the upright lines of a class stand. */
    private static List<Double> lines(Document strip, String style) {
        return Arrays.stream(strip.selectFirst(style).attr("d").substring(1).split("M"))
                .map(line -> Double.valueOf(line.substring(0, line.indexOf(' '))))
                .toList();
    }

    /** Losses of 9.9 to 10.7 are chance, so what is shaded begins at 9.9 and the loss of .93 lies left of it. */
    @Test
    void whereLowerIsBetterChanceIsShadedAbove() {
        Document strip = strip(band(Side.LOWER, 9.9, 10.7, 10.2), .93, "0.930");
        Element shaded = strip.selectFirst(".chanceband");
        double left = number(shaded, "x");
        double find = Double.parseDouble(strip.selectFirst(".found").attr("d").split("[M ]")[1]);
        assertThat(find).isLessThan(left);
        assertThat(left + number(shaded, "width")).isEqualTo(460);
        assertThat(lines(strip, ".draw")).hasSize(3).allMatch(x -> x >= left);
    }

    @Test
    void whereHigherIsBetterChanceIsShadedBelow() {
        Document strip = strip(band(Side.HIGHER, .1, .2), .9, "L1H2: 0.900");
        Element shaded = strip.selectFirst(".chanceband");
        assertThat(number(shaded, "x")).isEqualTo(20);
        assertThat(number(shaded, "x") + number(shaded, "width")).isLessThan(240);
    }

    @Test
    void whereBothSidesCountChanceIsShadedAroundZero() {
        Document strip = strip(band(Side.BOTH, -.347, .2), -1.002, "L3H1: −1.002");
        Element shaded = strip.selectFirst(".chanceband");
        assertThat(lines(strip, ".chance")).hasSize(2);
        double find = Double.parseDouble(strip.selectFirst(".found").attr("d").split("[M ]")[1]);
        assertThat(find).isLessThan(number(shaded, "x"));
    }

    /** No two labels share a place or leave the picture, wherever the find lies, however long its name is, at the letters of a phone. */
    @Test
    void labelsDoNotOverlap() {
        for (double found : DoubleStream.iterate(-2, x -> x <= 2, x -> x + .25).toArray()) {
            for (String where : List.of(
                    "0.1",
                    "L11H10, position 12, seed 3: 0.123 [0.101, 0.152]",
                    "L11H10, position 12, model gelu of the longest name, seed 3: 0.123 [0.101, 0.152]")) {
                Document strip = strip(band(Side.BOTH, .4, -.2, .1), found, where);
                List<Element> labels = strip.select("text");
                for (Element a : labels) {
                    double[] box = box(a);
                    assertThat(box[0]).as(a.text()).isGreaterThanOrEqualTo(0);
                    assertThat(box[1]).as(a.text()).isLessThanOrEqualTo(480);
                    for (Element b : labels) {
                        boolean apart = a == b
                                || Math.abs(number(a, "y") - number(b, "y")) >= 14
                                || box[1] < box(b)[0]
                                || box(b)[1] < box[0];
                        assertThat(apart).as(a.text() + " | " + b.text()).isTrue();
                    }
                }
            }
        }
    }

    private static double[] box(Element label) {
        double width = LETTER * label.text().length();
        double x = number(label, "x");
        double left = label.hasClass("mid") || label.parent().hasClass("mid") ? x - width / 2 : x;
        return new double[] {left, left + width};
    }
}
