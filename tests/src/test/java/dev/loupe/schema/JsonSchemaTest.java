package dev.loupe.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonSchemaTest {

    private final ObjectNode schema = JsonSchema.of(Lab.class);

    @Test
    void describesARecord() {
        assertThat(schema.path("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(schema.path("$ref").asText()).isEqualTo("#/$defs/Lab");
        JsonNode lab = schema.at("/$defs/Lab");
        assertThat(lab.path("description").asText()).isEqualTo("One experiment of the tests.");
        assertThat(texts(lab.path("required"))).containsExactly("loupe", "model", "dataset");
        assertThat(lab.path("additionalProperties").isBoolean()).isTrue();
        assertThat(lab.path("additionalProperties").asBoolean()).isFalse();
        assertThat(lab.at("/properties/loupe").toString())
                .isEqualTo(
                        "{\"type\":\"integer\",\"description\":\"Language version.\",\"markdownDescription\":\"Language version.\"}");
        assertThat(lab.at("/properties/claims/default").toString()).isEqualTo("[]");
        assertThat(texts(schema.at("/$defs/Settings/required"))).isEmpty();
        assertThat(schema.at("/$defs/Settings/properties/d_model/default").asInt())
                .isEqualTo(128);
    }

    @Test
    void picksByConstantAndByKey() {
        assertThat(schema.at("/$defs/Data/oneOf").toString())
                .isEqualTo("[{\"$ref\":\"#/$defs/Repeats-by-generator\"},{\"$ref\":\"#/$defs/Ioi-by-generator\"}]");
        JsonNode repeats = schema.at("/$defs/Repeats-by-generator");
        assertThat(repeats.at("/properties/generator/const").asText()).isEqualTo("repeated-tokens");
        assertThat(repeats.at("/properties/generator/description").asText()).isEqualTo("A random block, repeated.");
        assertThat(texts(repeats.path("required"))).containsExactly("generator", "period");
        assertThat(texts(repeats.at("/properties/offset/enum"))).containsExactly("fixed", "random-start", "x2");
        assertThat(texts(schema.at("/$defs/Ablate-by-key/required"))).containsExactly("ablate");
        JsonNode fill = schema.at("/$defs/Fill/oneOf");
        assertThat(fill.get(1).at("/properties/mean/$ref").asText()).isEqualTo("#/$defs/Mean");
        assertThat(texts(fill.get(2).path("enum"))).containsExactly("zero", "mean");
    }

    @Test
    void allowsShortForms() {
        JsonNode dataset = schema.at("/$defs/Lab/properties/dataset/anyOf");
        assertThat(dataset.get(0).path("$ref").asText()).isEqualTo("#/$defs/Data");
        assertThat(dataset.get(1).at("/additionalProperties/$ref").asText()).isEqualTo("#/$defs/Data");
        assertThat(schema.at("/$defs/CardModel-by-key/properties/seeds/anyOf/0/type")
                        .asText())
                .isEqualTo("integer");
        assertThat(texts(schema.at("/$defs/Model/oneOf/1/type"))).containsExactly("string", "number");
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<JsonNode> references = schema.findValues("$ref");
        assertThat(references).hasSizeGreaterThan(10);
        for (JsonNode reference : references) {
            assertThat(schema.at(reference.asText().substring(1)).isObject())
                    .as(reference.asText())
                    .isTrue();
        }
    }

    @Test
    void listsTheRecordsOfAType() {
        List<TypeCatalog.Entry> scores = TypeCatalog.of(Lab.Score.class);
        assertThat(scores)
                .extracting(TypeCatalog.Entry::word)
                .containsExactly("logit-difference", "probability", "loss");
        assertThat(scores).extracting(TypeCatalog.Entry::lone).containsExactly(true, false, true);
        TypeCatalog.Entry repeats = TypeCatalog.of(Lab.Data.class).get(0);
        assertThat(repeats.doc()).isEqualTo("A random block, repeated.");
        assertThat(repeats.options().get(0))
                .isEqualTo(new TypeCatalog.Option(
                        "period", "a range (5..12)", null, "Tokens of a block.", true, List.of()));
        assertThat(repeats.options().get(1).defaultYaml()).isEqualTo("64");
        YamlTree example = YamlTree.parse(String.valueOf(repeats.example()), "example");
        assertThat(Binder.bind(example, Lab.Data.class).value()).isInstanceOf(Lab.Repeats.class);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }
}
