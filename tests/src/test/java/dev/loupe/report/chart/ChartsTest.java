package dev.loupe.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.loupe.report.DemoRun;
import dev.loupe.report.draw.ColourScale;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.draw.Scale;
import dev.loupe.report.section.FigureSection;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Quantity;
import dev.loupe.result.Setting;
import dev.loupe.result.Side;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.TemplateModelException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChartsTest {
    private static final PageDetail FULL = PageDetail.FROM_FULL.get(0);

    /** A figure without a chart does not compile; a chart that no figure asks for would never be drawn. */
    @Test
    void everyChartIsThatOfOneFigure() {
        Set<String> written = new ClassFileImporter()
                .importPackages(Chart.class.getPackageName()).stream()
                        .filter(type -> type.isAssignableTo(Chart.class) && !type.isInterface())
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());
        List<String> asked = Arrays.stream(Figure.values())
                .map(Charts::of)
                .filter(Objects::nonNull)
                .map(chart -> chart.getClass().getName())
                .toList();

        assertThat(asked).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void aChartSaysWhatItNeeds() {
        List<Axis> plane = List.of(Axis.counted("point", 5), Axis.counted("xy", 2));
        List<Axis> matrix = List.of(Axis.counted("layer", 5), Axis.counted("head", 3));
        assertThat(fitting(List.of())).isEmpty();
        assertThat(fitting(List.of(Axis.counted("xy", 2))))
                .containsExactly(Figure.LINES, Figure.BARS, Figure.HISTOGRAM, Figure.STRIP);
        assertThat(fitting(matrix))
                .containsExactly(Figure.MAP, Figure.LINES, Figure.BARS, Figure.HISTOGRAM, Figure.STRIP);
        assertThat(fitting(plane))
                .containsExactly(
                        Figure.MAP,
                        Figure.LINES,
                        Figure.BARS,
                        Figure.SCATTER,
                        Figure.VECTORS,
                        Figure.HISTOGRAM,
                        Figure.STRIP);
    }

    private static List<Figure> fitting(List<Axis> axes) {
        return Arrays.stream(Figure.values())
                .filter(figure -> Charts.of(figure) != null && Charts.of(figure).fits(axes))
                .toList();
    }

    @Test
    void theAxesSuggestTheFigure() {
        assertThat(suggested()).isEqualTo(Figure.NUMBER);
        assertThat(suggested(Axis.counted("layer", 2), Axis.counted("head", 4))).isEqualTo(Figure.MAP);
        assertThat(suggested(Axis.counted("layer", 2), Axis.counted("head", 4), Axis.counted("seed", 3)))
                .isEqualTo(Figure.MAP);
        assertThat(suggested(Axis.counted("layer", 4), Axis.counted("pos", 9))).isEqualTo(Figure.MAP);
        assertThat(suggested(Axis.counted("query", 4), Axis.counted("key", 4))).isEqualTo(Figure.MAP);
        assertThat(suggested(Axis.counted("seed", 3), Axis.counted("step", 50))).isEqualTo(Figure.LINES);
        assertThat(suggested(new Axis("class", List.of("a", "b")))).isEqualTo(Figure.BARS);
        assertThat(suggested(Axis.counted("seed", 3))).isEqualTo(Figure.STRIP);
        assertThat(suggested(Axis.counted("layer", 3))).isEqualTo(Figure.BARS);
        assertThat(suggested(Axis.counted("point", 30), new Axis("xy", List.of("x", "y"))))
                .isEqualTo(Figure.SCATTER);
    }

    @Test
    void aFigureThatTheAxesCannotHaveIsNotForced() {
        assertThat(Charts.figure(quantity(Figure.MAP, Axis.counted("seed", 3)))).isEqualTo(Figure.STRIP);
        assertThat(Charts.figure(quantity(Figure.VECTORS, Axis.counted("feature", 3), Axis.counted("dim", 3))))
                .isEqualTo(Figure.BARS);
        assertThat(Charts.figure(quantity(Figure.NUMBER, Axis.counted("seed", 3))))
                .isEqualTo(Figure.STRIP);
        assertThat(Charts.figure(quantity(Figure.LINES))).isEqualTo(Figure.NUMBER);
    }

    /** Any figure over any axes, with nothing but undefined, infinite, equal or no numbers, must still come out. */
    @ParameterizedTest
    @EnumSource(Figure.class)
    void oddNumbersAreDrawn(Figure figure) throws TemplateModelException {
        List<List<Axis>> shapes = List.of(
                List.of(),
                List.of(Axis.counted("a", 0)),
                List.of(Axis.counted("a", 1)),
                List.of(Axis.counted("a", 40)),
                List.of(Axis.counted("a", 3), Axis.counted("xy", 2)),
                List.of(Axis.counted("layer", 1), Axis.counted("head", 1), Axis.counted("seed", 2)),
                List.of(Axis.counted("w", 2), Axis.counted("x", 3), Axis.counted("y", 13), Axis.counted("z", 2)));
        double[] fills = {Double.NaN, Double.POSITIVE_INFINITY, 0, -3, 1e300, 1e-300};
        for (List<Axis> axes : shapes) {
            for (double fill : fills) {
                double[] values = new double[NamedArray.sizeOf(axes)];
                Arrays.fill(values, fill);
                NullBand chance = new NullBand("m", new double[] {fill, Double.NaN}, Side.BOTH);
                Quantity quantity =
                        new Quantity("q", "t", "d", figure, "u", new NamedArray(axes, values), null, chance);
                FigureSection section = new FigureSection.Kind().section(quantity, "id", FULL);
                for (FigureSection.Panel panel : section.panels()) {
                    String svg = HTMLOutputFormat.INSTANCE.getMarkupString(panel.svg());
                    for (Element element : Jsoup.parse(svg).select("svg *")) {
                        for (String name : List.of("x", "y", "width", "height", "cx", "cy", "x1", "y2", "d")) {
                            assertThat(element.attr(name)).as(svg).doesNotContain("NaN", "922337203685477580");
                        }
                    }
                }
            }
        }
    }

    @Test
    void scalesAreSymmetricWhereSignedAndFromZeroElsewhere() {
        ColourScale signed = ColourScale.of(new double[] {-1, 4, Double.NaN});
        assertThat(signed.step(4)).isEqualTo("p20");
        assertThat(signed.step(-4)).isEqualTo("n20");
        assertThat(signed.step(0)).isEqualTo("z");
        assertThat(signed.step(Double.NaN)).isEqualTo("na");
        ColourScale share = ColourScale.of(new double[] {0.1, 0.8});
        assertThat(share.diverging()).isFalse();
        assertThat(share.step(1)).isEqualTo("s20");
        assertThat(share.step(0)).isEqualTo("s0");
    }

    @Test
    void labelsCannotBreakOutOfAPicture() {
        Axis axis = new Axis("class", List.of("<script>alert(1)</script>", "\"><b>", "a & b"));
        Quantity quantity = new Quantity(
                "q",
                DemoRun.HOSTILE,
                "d",
                Figure.BARS,
                "\"u\"",
                new NamedArray(List.of(axis), new double[] {1, 2, 3}),
                null,
                null);
        String svg =
                new BarChart().draw(quantity, Scene.ALONE, FULL).panels().get(0).svg();
        Document parsed = Jsoup.parse(svg);
        assertThat(parsed.select("script, img, b")).isEmpty();
        assertThat(parsed.select("text").eachText()).contains("<script>alert(1)</script>", "\"><b>", "a & b", "\"u\"");
    }

    @Test
    void ticksAreRound() {
        assertThat(Scale.nice(0, 0.93, 0, 100).ticks(5)).containsExactly(0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0);
        Scale scale = Scale.nice(-0.02, 3.5, 0, 100);
        assertThat(scale.ticks(5).stream().map(t -> scale.tickText(t, 5))).containsExactly("0", "1", "2", "3", "4");
        assertThat(Scale.nice(5, 5, 0, 100).at(5)).isBetween(0.0, 100.0);
    }

    @Test
    void numbersThatGrowByFactorsStandOnALogarithmicScale() {
        Axis powers = new Axis("k", List.of("1", "2", "4", "8", "16", "32", "64"));
        AlongAxis log = AlongAxis.of(powers, 0, 60);
        assertThat(log.logarithmic()).isTrue();
        for (int i = 0; i < 7; i++) {
            assertThat(log.at(powers, i)).isEqualTo(10.0 * i, within(1e-9));
        }
        assertThat(log.at(3)).isBetween(10.0, 20.0);
        // Layers stay where they are.
        assertThat(AlongAxis.of(Axis.counted("layer", 40), 0, 39).logarithmic()).isFalse();
        Axis words = new Axis("class", List.of("a", "b", "c"));
        assertThat(AlongAxis.of(words, 0, 2).at(words, 1)).isEqualTo(1);
    }

    /** 0 has no logarithm: it stands at the left edge, 8 % of the width from the first number. */
    @Test
    void stepZeroStandsApartOnALogarithmicScale() {
        Axis steps = new Axis("step", List.of("0", "1", "10", "100", "1000"));
        AlongAxis log = AlongAxis.of(steps, 0, 100);
        assertThat(log.logarithmic()).isTrue();
        assertThat(log.at(steps, 0)).isZero();
        assertThat(log.at(steps, 1)).isEqualTo(8, within(1e-9));
        assertThat(log.at(steps, 2)).isEqualTo(8 + 92.0 / 3, within(1e-9));
        assertThat(log.at(steps, 4)).isEqualTo(100, within(1e-9));
        Quantity curve = quantity(Figure.LINES, steps);
        FigureSection shown = new FigureSection.Kind().section(curve, "id", FULL);
        assertThat(shown.caption()).anyMatch(said -> said.contains("A logarithmic axis has no 0"));
    }

    /** Draws 0 to 100 at k = 4, all 7 at k = 1; the band under the lines of the same rows and reading, and of no others. */
    @Test
    void randomDrawsAreABandUnderTheLinesOfTheSameThing() throws TemplateModelException {
        Axis k = new Axis("k", List.of("1", "2", "4", "64"));
        double[] lines = {1, 2, 3, 4, 0, 1, 2, 4};
        double[] drawn = new double[202];
        for (int draw = 0; draw <= 100; draw++) {
            drawn[2 * draw] = 7;
            drawn[2 * draw + 1] = draw;
        }
        Axis some = new Axis("k", List.of("1", "4"));
        Quantity curves = along("curves", "facts", "share", new NamedArray(List.of(Axis.counted("by", 2), k), lines));
        NamedArray values = new NamedArray(List.of(Axis.counted("draw", 101), some), drawn);
        Quantity draws = along("draws", "facts", "share", values);
        DrawBand band = Objects.requireNonNull(DrawBand.beneath(curves, List.of(curves, draws)));
        assertThat(band.low()).containsExactly(new double[] {7, 2.5}, within(1e-9));
        assertThat(band.mean()).containsExactly(new double[] {7, 50}, within(1e-9));
        assertThat(band.high()).containsExactly(new double[] {7, 97.5}, within(1e-9));
        assertThat(DrawBand.beneath(curves, List.of(along("d", "others", "share", values))))
                .isNull();
        assertThat(DrawBand.beneath(curves, List.of(along("d", "facts", "logits", values))))
                .isNull();
        assertThat(DrawBand.beneath(draws, List.of(draws))).isNull();

        FigureSection shown =
                new FigureSection.Kind(new Scene(List.of(curves, draws), List.of(), 1)).section(curves, "id", FULL);
        assertThat(shown.caption()).contains("Shaded: the middle 95 % of 101 random draws; dashed: their mean.");
        String svg =
                HTMLOutputFormat.INSTANCE.getMarkupString(shown.panels().get(0).svg());
        assertThat(Jsoup.parse(svg).select("path.chanceband, path.chance")).hasSize(2);
        assertThat(Jsoup.parse(svg).select("text").eachText()).contains("k, logarithmic");

        assertThat(Charts.figure(draws)).isEqualTo(Figure.LINES);
        FigureSection alone = new FigureSection.Kind().section(draws, "id", FULL);
        assertThat(alone.panels()).hasSize(1);
        assertThat(alone.caption()).contains("Shaded: the middle 95 % of 101 random draws; the line: their mean.");
    }

    private static Quantity along(String name, String dataset, String unit, NamedArray values) {
        Setting setting = new Setting("model", dataset, "ld", "", List.of(), List.of());
        return new Quantity(name, name, "d", Figure.AUTO, unit, values, null, null, setting);
    }

    private static Figure suggested(Axis... axes) {
        return Charts.figure(quantity(Figure.AUTO, axes));
    }

    private static Quantity quantity(Figure figure, Axis... axes) {
        List<Axis> list = List.of(axes);
        return new Quantity(
                "q", "t", "d", figure, "", new NamedArray(list, new double[NamedArray.sizeOf(list)]), null, null);
    }
}
