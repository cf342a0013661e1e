package dev.loupe.schema.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.schema.Binder;
import dev.loupe.schema.Bound;
import dev.loupe.schema.JsonSchema;
import dev.loupe.schema.ResolvedYaml;
import dev.loupe.schema.TypeCatalog;
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
                        "f:3:17 error[unknown-key] unknown key `raed` in `apply`; did you mean `read`?",
                        "f:3:26 error[unknown-key] unknown key `tims` in `apply`; did you mean `times`?",
                        "f:4:6 error[missing-key] work needs one of the keys scores, apply",
                        "f:5:6 error[missing-key] `apply` needs `read` (text)");
    }

    record Edits(Map<String, Edit> edit) {}

    sealed interface Edit permits Cut, Keep {}

    @Named("cut")
    record Cut(
            @OneOrMany List<String> cut,
            @Inline Range range,
            @Default("zero") String with) implements Edit {}

    @Named("keep")
    record Keep(String keep, @Inline Range range) implements Edit {}

    record Range(
            @Inline Ends ends,

            @OnlyWith("to") @Default("1") @Doc("Every how many.")
            int step) {}

    record Ends(@Default("0") int from, @Nullable @Key("to") Integer until) {
        Ends {
            if (until != null && until < from) {
                throw new IllegalArgumentException("`to` comes before `from`");
            }
        }
    }

    @Test
    void optionsOfARecordStandInItsPlace() {
        YamlTree tree = YamlTree.parse("edit:\n  a: {cut: x, to: 9, step: 2}\n  b: {keep: y}\n", "f");
        Bound<Edits> bound = Binder.bind(tree, Edits.class);
        assertThat(bound.value().edit().get("a"))
                .isEqualTo(new Cut(List.of("x"), new Range(new Ends(0, 9), 2), "zero"));
        assertThat(bound.value().edit().get("b")).isEqualTo(new Keep("y", new Range(new Ends(0, null), 1)));
        assertThat(bound.at("edit.a.step")).hasToString("f:2:28");
        assertThat(bound.defaulted()).containsExactly("edit.a.from", "edit.a.with", "edit.b.from", "edit.b.step");
        // What has no effect is not written, and the rest in the order of the options.
        assertThat(ResolvedYaml.of(bound.value()))
                .contains("    from: 0\n    to: 9\n    step: 2\n    with: zero\n")
                .contains("    keep: y\n    from: 0\n");
        YamlTree again = YamlTree.parse(ResolvedYaml.of(bound.value()), "resolved");
        assertThat(Binder.bind(again, Edits.class).value()).isEqualTo(bound.value());
    }

    @Test
    void mistakesInThemAreToldAsOfTheRecordAroundThem() {
        Problems problems = new Problems();
        YamlTree tree = YamlTree.parse(
                "edit:\n  a: {cut: x, form: 1, to: many}\n  b: {keep: y, from: 3, to: 2}\n  c: {keep: y, step: 2}\n",
                "f");
        assertThat(Binder.bind(tree, Edits.class, problems)).isNull();
        assertThat(problems.sorted())
                .extracting(Problem::toString)
                .containsExactly(
                        "f:2:15 error[unknown-key] unknown key `form` in `cut`; did you mean `from`?",
                        "f:2:28 error[wrong-type] expected a whole number, found the text \"many\"",
                        "f:3:25 error[invalid-value] `to` comes before `from`",
                        "f:4:16 error[ignored-key] `step` has no effect here: it has an effect only with `to`;"
                                + " leave it out");
    }

    @Test
    void theSchemaAndTheListHaveThemToo() {
        assertThat(TypeCatalog.of(Edit.class).get(1).options())
                .extracting(TypeCatalog.Option::key)
                .containsExactly("keep", "from", "to", "step");
        JsonNode keep = JsonSchema.of(Edits.class).at("/$defs/Keep-by-key");
        assertThat(keep.get("properties").fieldNames()).toIterable().containsExactly("keep", "from", "to", "step");
        assertThat(keep.at("/properties/step/description").asText()).isEqualTo("Every how many.");
        assertThat(keep.get("required")).hasToString("[\"keep\"]");
        assertThat(keep.get("additionalProperties").asBoolean()).isFalse();
    }
}
