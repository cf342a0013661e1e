package dev.loupe.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.loupe.dataset.Dataset;
import dev.loupe.schema.Binder;
import dev.loupe.schema.JsonSchema;
import dev.loupe.schema.TypeCatalog;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlTree;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever draws rows names its seed in a spec: the binder and the editor's schema ask for it alike. */
class SeedsOfDatasetsTest {
    /** What measures networks without tokens has a seed of its own. */
    private static final List<String> WITHOUT = List.of("sparse-features", "feature-pairs");

    static Stream<TypeCatalog.Entry> drawing() {
        return TypeCatalog.of(Dataset.class).stream()
                .filter(entry ->
                        entry.options().stream().anyMatch(option -> option.key().equals("seed")))
                .filter(entry -> !WITHOUT.contains(entry.word()));
    }

    @ParameterizedTest
    @MethodSource("drawing")
    void aSpecWithoutItIsRefused(TypeCatalog.Entry entry) {
        YamlMap example = (YamlMap) YamlTree.parse(String.valueOf(entry.example()), "f");
        assertThat(Binder.bind(example, NamedDataset.class).value().source()).isInstanceOf(entry.type());
        Assertions.assertThatThrownBy(() -> Binder.bind(example.without("seed"), NamedDataset.class))
                .isInstanceOfSatisfying(
                        SpecException.class,
                        e -> assertThat(e.problems()).singleElement().satisfies(p -> {
                            assertThat(p.code()).isEqualTo("missing-key");
                            assertThat(p.message()).isEqualTo("`" + entry.word() + "` needs `seed` (a whole number)");
                        }));
    }

    @ParameterizedTest
    @MethodSource("drawing")
    void andTheSchemaAsksForIt(TypeCatalog.Entry entry) {
        JsonNode schema = schemaOf(entry.word());
        // Where rows may be exhaustive instead, it is asked for on a condition.
        JsonNode required = schema.has("then") ? schema.at("/then/required") : schema.path("required");
        assertThat(required).extracting(JsonNode::asText).contains("seed");
    }

    @Test
    void whereEveryInputIsARowNothingIsDrawn() {
        YamlTree all = YamlTree.parse("{generator: extremes, values: 4, exhaustive: true}", "f");
        assertThat(Binder.bind(all, NamedDataset.class).value()).isNotNull();
        JsonNode condition = schemaOf("extremes").at("/if/properties/exhaustive/enum");
        assertThat(condition).singleElement().isEqualTo(BooleanNode.FALSE);
    }

    private static JsonNode schemaOf(String generator) {
        return Stream.of(JsonSchema.of(NamedDataset.class).findValues("oneOf"))
                .flatMap(List::stream)
                .flatMap(list ->
                        Stream.iterate(0, i -> i < list.size(), i -> i + 1).map(list::get))
                .filter(one -> one.at("/properties/generator/const").asText().equals(generator)
                        || one.at("/properties/generator/enum/0").asText().equals(generator))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTrainingBringsItsOwn() {
        assertThat(Binder.bind(YamlTree.parse("{generator: repeated-tokens, period: 3, rows: 4}", "f"), Dataset.class)
                        .value())
                .isNotNull();
    }
}
