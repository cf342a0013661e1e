package dev.loupe.schema.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.schema.Binder;
import dev.loupe.schema.Bound;
import dev.loupe.schema.ResolvedYaml;
import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.yaml.YamlTree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InlineTest {

    record Measures(Map<String, Measure> measure) {}

    record Measure(
            @Inline Work work,
            @Nullable String on,
            @Default("1") int times) {}

    sealed interface Work permits Scores, Apply {}

    @Named("scores")
    record Scores(@OneOrMany List<String> scores) implements Work {}

    @Named("apply")
    record Apply(String apply, String read) implements Work {}

    @Test
    void keysOfTheInlinePartStandAmongTheOthers() {
        YamlTree tree =
                YamlTree.parse("measure:\n  a: {scores: IND, on: x}\n  b: {times: 3, apply: k, read: loss}\n", "f");
        Bound<Measures> bound = Binder.bind(tree, Measures.class);
        assertThat(bound.value().measure().get("a")).isEqualTo(new Measure(new Scores(List.of("IND")), "x", 1));
        assertThat(bound.value().measure().get("b")).isEqualTo(new Measure(new Apply("k", "loss"), null, 3));
        assertThat(bound.at("measure.b.read")).hasToString("f:3:33");
        YamlTree again = YamlTree.parse(ResolvedYaml.of(bound.value()), "resolved");
        assertThat(Binder.bind(again, Measures.class).value()).isEqualTo(bound.value());
    }

    @Test
    void suggestsFromBothSetsOfKeys() {
        Problems problems = new Problems();
        YamlTree tree = YamlTree.parse(
                "measure:\n  a: {score: IND}\n  b: {apply: k, raed: x, tims: 2}\n  c: {on: x}\n  d: {apply: k}\n", "f");
        assertThat(Binder.bind(tree, Measures.class, problems)).isNull();
        assertThat(problems.sorted())
                .extracting(Problem::toString)
                .containsExactly(
                        "f:2:7 error[unknown-key] unknown key `score` in `measure`; did you mean `scores`?",
                        "f:3:17 error[unknown-key] unknown key `raed` in `measure`; did you mean `read`?",
                        "f:3:26 error[unknown-key] unknown key `tims` in `measure`; did you mean `times`?",
                        "f:4:6 error[missing-key] work needs one of the keys scores, apply",
                        "f:5:6 error[missing-key] `apply` needs `read` (text)");
    }
}
