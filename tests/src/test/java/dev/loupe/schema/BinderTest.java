package dev.loupe.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.schema.shape.IntRange;
import dev.loupe.schema.yaml.YamlTree;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BinderTest {

    private static final String SHORTEST = """
            loupe: 1
            id: 6.20
            model: gpt2-small
            dataset: {generator: repeated-tokens, period: 5..12, rows: 256}
            intervention: {ablate: attn.z, over: [layer, head], with: {mean: {of: repeats}}}
            metric: logit-difference
            claims:
              - {say: it does, above: 1e-4}
            """;

    @Test
    void bindsShortForms() {
        Lab lab = bind(SHORTEST).value();

        assertThat(lab.id()).isEqualTo("6.20");
        assertThat(lab.model()).isEqualTo(new Lab.ModelName("gpt2-small"));
        assertThat(lab.dataset())
                .isEqualTo(Map.of("default", new Lab.Repeats(new IntRange(5, 12), 256, 0, Lab.Offset.FIXED)));
        assertThat(lab.intervention().get("default"))
                .isEqualTo(new Lab.Ablate(
                        "attn.z", List.of(Lab.Axis.LAYER, Lab.Axis.HEAD), new Lab.Mean("repeats", "position")));
        assertThat(lab.metric()).isEqualTo(Map.of("default", new Lab.LogitDifference("END")));
        assertThat(lab.claims()).containsExactly(new Lab.Claim("it does", 1e-4, null, true));
        assertThat(lab.settings().dModel()).isEqualTo(128);
    }

    @Test
    void knowsWhereThingsWereWrittenAndWhatDefaultsFilled() {
        Bound<Lab> bound = bind(SHORTEST);

        assertThat(bound.at("dataset.default.rows")).hasToString("lab.yaml:4:60");
        assertThat(bound.at("intervention.default.with.mean.of")).hasToString("lab.yaml:5:71");
        assertThat(bound.at("claims.0.above")).hasToString("lab.yaml:8:27");
        assertThat(bound.at("dataset.default.seed")).hasToString("lab.yaml:4:10");
        assertThat(bound.defaulted())
                .contains("dataset.default.seed", "settings", "settings.d_model", "metric.default.at")
                .doesNotContain("dataset.default.rows");
    }

    @Test
    void aRangeInAListOfWholeNumbersStandsForItsNumbers() {
        assertThat(seeds("[7, 0..2, -1]")).containsExactly(7, 0, 1, 2, -1);
        assertThat(seeds("3..5")).containsExactly(3, 4, 5);
        assertThat(seeds("3")).containsExactly(3);
        for (String bad : new String[] {"[0..2000000000]", "[5..2]", "[a..b]", "0..x", "[1, 2..]"}) {
            assertThatThrownBy(() -> seeds(bad)).as(bad).isInstanceOf(SpecException.class);
        }
    }

    private static List<Integer> seeds(String written) {
        Lab lab = bind("loupe: 1\nmodel: {card: toy, seeds: " + written + "}\ndataset: {generator: ioi, rows: 2}\n")
                .value();
        return ((Lab.CardModel) lab.model()).seeds();
    }

    @Test
    void bindsNamedForms() {
        Lab lab = bind("""
                        loupe: 1
                        model: {card: toy, seeds: 3}
                        dataset:
                          a: {generator: ioi, rows: 2}
                          b: {generator: repeated-tokens, period: 7, offset: x2}
                        metric:
                          loss: {loss: {at: second-half}}
                          word: logit-difference
                        """).value();

        assertThat(lab.model()).isEqualTo(new Lab.CardModel("toy", List.of(3)));
        assertThat(lab.dataset().keySet()).containsExactly("a", "b");
        assertThat(lab.metric().get("loss")).isEqualTo(new Lab.Loss("second-half", 1));
        assertThat(lab.metric().keySet()).containsExactly("loss", "word");
    }

    @Test
    void reportsEveryProblemAtItsPlace() {
        Problems problems = new Problems();
        YamlTree tree = YamlTree.parse("""
                loupe: 1e3
                model: gpt2 small
                dataset: {generator: repeted-tokens, period: 5..12}
                intervention: {ablat: attn.z, over: [layer, haed]}
                metrik: loss
                claims:
                  - {say: x, above: .nan, strict: True}
                  - {say: x}
                  - {above: 1}
                """, "lab.yaml");

        assertThat(Binder.bind(tree, Lab.class, problems)).isNull();
        assertThat(problems.sorted())
                .extracting(Problem::toString)
                .containsExactly(
                        "lab.yaml:1:8 error[wrong-type] expected a whole number (1000), found the number 1e3",
                        "lab.yaml:2:8 error[invalid-value] a model name has no spaces: \"gpt2 small\"",
                        "lab.yaml:3:22 error[unknown-word] `repeted-tokens` is not a valid data; known: repeated-tokens, ioi;"
                                + " did you mean `repeated-tokens`?",
                        "lab.yaml:4:16 error[unknown-key] unknown key `ablat` in edit; did you mean `ablate`?",
                        "lab.yaml:4:45 error[unknown-word] `haed` is not a valid axis; known: layer, head, position;"
                                + " did you mean `head`?",
                        "lab.yaml:5:1 error[unknown-key] unknown key `metrik` in `lab`; did you mean `metric`?",
                        "lab.yaml:7:21 error[out-of-range] .nan is not a finite number",
                        "lab.yaml:7:35 error[wrong-type] expected true or false, found the text \"True\"",
                        "lab.yaml:8:5 error[invalid-value] a claim needs `above` or `below`",
                        "lab.yaml:9:5 error[missing-key] `claim` needs `say` (text)");
    }

    @Test
    void refusesNumbersThatWouldChange() {
        for (String rows : List.of("5.0", "2147483648", "\"5\"", "1_000", "true", "~", "[5]", "99999999999999999999")) {
            assertThatThrownBy(() -> bind("loupe: 1\nmodel: m\ndataset: {generator: ioi, rows: " + rows + "}"))
                    .as(rows)
                    .isInstanceOf(SpecException.class)
                    .hasMessageStartingWith("lab.yaml:3:33 error[");
        }
        for (String number : List.of("1e999", "1e-999", ".inf", "-.inf", "\"1\"", "one")) {
            assertThatThrownBy(() -> bind("loupe: 1\nmodel: m\ndataset: {}\nclaims: [{say: x, above: " + number + "}]"))
                    .as(number)
                    .isInstanceOf(SpecException.class)
                    .hasMessageStartingWith("lab.yaml:4:26 error[");
        }
    }

    private static Bound<Lab> bind(String yaml) {
        return Binder.bind(YamlTree.parse(yaml, "lab.yaml"), Lab.class);
    }
}
