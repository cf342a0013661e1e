package dev.loupe.report.draw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SvgTest {
    /** Lines of one class are one path where the first was drawn; labels of one class one group above what follows them. */
    @Test
    void whatIsAlikeIsWrittenOnce() {
        Svg svg = new Svg(100, 50, "a picture");
        svg.line("grid", 0, 10, 90, 10).label("tick", 1, 2, "a");
        svg.circle("point", 5, 5, 2).end();
        svg.line("grid", 20, 0, 20, 40)
                .line("grid", 0, 0, 3, 4)
                .label("tick", 3, 4, "<b>")
                .label("axis", 9, 9, "x");
        assertThat(svg.done())
                .isEqualTo("<svg class=\"chart\" viewBox=\"0 0 100 50\" width=\"100\" height=\"50\" role=\"img\""
                        + " aria-label=\"a picture\"><path class=\"grid\" d=\"M0 10H90M20 0V40M0 0L3 4\"/>"
                        + "<circle class=\"point\" cx=\"5\" cy=\"5\" r=\"2\"/><g class=\"labels tick\">"
                        + "<text x=\"1\" y=\"2\">a</text><text x=\"3\" y=\"4\">&lt;b&gt;</text></g>"
                        + "<text class=\"axis\" x=\"9\" y=\"9\">x</text></svg>");
    }

    @Test
    void whatStandsInAGroupStaysThere() {
        Svg svg = new Svg(100, 50, "a picture");
        svg.open("g")
                .attr("class", "vector")
                .line("arm", 0, 0, 3, 4)
                .label("tick", 3, 4, "v")
                .end();
        assertThat(svg.done())
                .endsWith("<g class=\"vector\"><path class=\"arm\" d=\"M0 0L3 4\"/>"
                        + "<text class=\"tick\" x=\"3\" y=\"4\">v</text></g></svg>");
    }
}
