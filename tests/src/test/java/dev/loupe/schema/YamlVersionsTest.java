package dev.loupe.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import dev.loupe.spec.SpecSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Loupe reads YAML 1.2; a file reads alike for a tool that reads YAML 1.1, as PyYAML does: no key is a boolean there, and no number a text. */
class YamlVersionsTest {
    private static final String NUMBER_OF_VERSION_11 = "[-+]?([0-9][0-9_]*)?\\.[0-9_]*([eE][-+][0-9]+)?";

    private static final Path HOME =
            Path.of(System.getProperty("loupe.home", "..")).toAbsolutePath().normalize();

    @TestFactory
    Stream<DynamicTest> shippedFilesReadAlike() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String folder : List.of("experiments", "models")) {
            try (Stream<Path> files = Files.walk(HOME.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".yaml"))
                        .sorted()
                        .forEach(file -> tests.add(DynamicTest.dynamicTest(
                                HOME.relativize(file).toString(),
                                () -> assertThat(asVersion11(Files.readString(file)))
                                        .isEqualTo(asLoupe(YamlTree.read(file))))));
            }
        }
        assertThat(tests).hasSizeGreaterThan(40);
        return tests.stream();
    }

    @Test
    void everyWordOfTheLanguageIsText() {
        Set<String> words = new TreeSet<>();
        gather(SpecSchema.of(), words);
        assertThat(words).contains("chance", "dataset", "logit-difference");
        assertThat(words).allSatisfy(word -> assertThat(asVersion11(word)).isEqualTo(word));
    }

    @Test
    void theSecondParserReadsFormerKeysOtherwise() {
        assertThat(asVersion11("{on: a, null: b}")).isEqualTo(unlike());
    }

    private static Map<@Nullable Object, Object> unlike() {
        Map<@Nullable Object, Object> map = new LinkedHashMap<>();
        map.put(true, "a");
        map.put(null, "b");
        return map;
    }

    private static void gather(JsonNode schema, Set<String> words) {
        schema.path("properties").fieldNames().forEachRemaining(words::add);
        schema.path("enum").forEach(word -> {
            if (word.isTextual()) {
                words.add(word.asText());
            }
        });
        if (schema.path("const").isTextual()) {
            words.add(schema.path("const").asText());
        }
        schema.forEach(part -> gather(part, words));
    }

    private static Object asVersion11(String text) {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    }

    private static @Nullable Object asLoupe(YamlTree tree) {
        if (tree instanceof YamlMap map) {
            Map<String, @Nullable Object> read = new LinkedHashMap<>();
            map.entries().forEach((key, entry) -> read.put(key, asLoupe(entry.value())));
            return read;
        }
        if (tree instanceof YamlList list) {
            List<@Nullable Object> read = new ArrayList<>();
            list.items().forEach(item -> read.add(asLoupe(item)));
            return read;
        }
        YamlScalar scalar = (YamlScalar) tree;
        return switch (scalar.kind()) {
            case NULL -> null;
            case BOOLEAN -> Boolean.valueOf(scalar.text());
            case INTEGER -> Integer.valueOf(scalar.text());
            case NUMBER -> {
                // SnakeYAML is milder than YAML 1.1, in which an exponent needs a point and a sign.
                assertThat(scalar.text()).as("%s", scalar.mark()).matches(NUMBER_OF_VERSION_11);
                yield Double.valueOf(scalar.text());
            }
            case TEXT -> scalar.text();
        };
    }
}
