package dev.loupe.report.models;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ModelsSectionTest {
    private static final List<NamedRun> RUNS = List.of(new NamedRun("", ModelRuns.families()));

    private static ModelsSection section() {
        return requireNonNull(ModelsSection.of(RUNS));
    }

    @Test
    void rowsSayWhatTheModelsAre() {
        assertThat(section().matrix().rows())
                .extracting(row -> row.unit() + " | " + row.family() + " | " + row.size() + " | " + row.shape() + " | "
                        + row.weights())
                .containsExactly(
                        "model small | gpt2 | 12.9k | 1 × 2 | 00112233",
                        "model large | llama | 135M | 4 × 2 | ab12cd34");
    }

    /** The largest of the model's own two draws; a claim that computes with chance has no tick of its own. */
    @Test
    void eachModelHasItsOwnChance() {
        ModelClaims claims = ModelClaims.of(RUNS);
        assertThat(claims.columns().get(0).entries().values())
                .extracting(ModelClaims.Entry::chance)
                .containsExactly(.2, .4);
        assertThat(claims.columns().get(1).entries().values())
                .extracting(ModelClaims.Entry::chance)
                .containsOnly(Double.NaN);
    }

    @Test
    void whatMakesThemComparableIsSaidAndWhoFailsTheTaskComesLast() {
        Comparability box = section().comparability();
        assertThat(box.headers())
                .containsExactly(
                        "model",
                        "dataset",
                        "rows",
                        "tokens of a row",
                        "begins with",
                        "left out",
                        "accuracy on the task",
                        "tokenizer",
                        "number type");
        assertThat(box.rows().get(0).cells())
                .containsExactly(
                        "model large",
                        "rows",
                        "90",
                        "8 to 11, mean 9.500",
                        "token 1 <s>",
                        "10 rows with two tokens in a name were left out.",
                        "0.750 [0.750, 0.750]",
                        "77889900",
                        "float32");
        assertThat(box.rows().get(1).apart()).isTrue();
        assertThat(box.caption()).startsWith("1 row is of models whose answers are right in less than half");
    }

    /** Sizes of 12,900 and 134,515,008 stand at the ends of the axis, by their logarithm. */
    @Test
    void numbersStandAgainstSize() {
        assertThat(section().sizes()).extracting(ModelsSection.Panel::title).containsExactly("score", "right");
        SizePlot plot = SizePlot.of(RUNS).get(0);
        assertThat(plot.points())
                .containsExactly(
                        new SizePlot.Point("small", 12_900, .25, .25, .25, "9"),
                        new SizePlot.Point("large", 134_515_008, .75, .75, .75, "9"));
        assertThat(plot.svg()).contains(">12.9k<").contains(">135M<");
    }

    /** One layer is as tall as four together. */
    @Test
    void headsOfUnlikeDepthStandOnOneScale() {
        DepthMaps maps = DepthMaps.of(RUNS).get(0);
        assertThat(maps.panels()).extracting(DepthMaps.Panel::layers).containsExactly(1, 4);
        assertThat(maps.svg(maps.panels().get(0))).contains("v156").contains("depth, 1 layer<");
        assertThat(maps.svg(maps.panels().get(1))).contains("v39");
    }

    /** A few seeds of one card need no section: the list of claims says all of it. */
    @Test
    void aFewSeedsOfOneModelHaveNone() {
        assertThat(ModelsSection.of(ModelRuns.named(
                        ModelRuns.claim("a", "seed 0", "seed 1", "seed 2"), ModelRuns.claim("b", "seed 0", "seed 1"))))
                .isNull();
    }
}
