package dev.loupe.schema.shape;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.yaml.Written;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The constants of an enum, by their words. */
final class WordShape implements YamlCodec {

    private final Class<?> type;
    private final String what;
    private final Map<String, Enum<?>> constants = new LinkedHashMap<>();

    WordShape(Class<?> type) {
        this.type = type;
        what = YamlWords.of(type).replace('-', ' ');
        for (Object constant : type.getEnumConstants()) {
            Enum<?> named = (Enum<?>) constant;
            if (constants.put(YamlWords.of(named), named) != null) {
                throw new IllegalStateException("two constants of " + type.getName() + " have one word");
            }
        }
    }

    @Override
    public @Nullable Object bind(YamlTree tree, String path, Binding binding) {
        if (!(tree instanceof YamlScalar scalar) || scalar.text().isEmpty()) {
            binding.wrongType(tree, noun());
            return null;
        }
        Enum<?> constant = constants.get(scalar.text());
        if (constant == null) {
            String meant = binding.unknownWord(scalar, what, constants.keySet());
            return meant == null ? null : constants.get(meant);
        }
        return constant;
    }

    @Override
    public YamlTree write(Object value) {
        return YamlScalar.quoted(Written.HERE, YamlWords.of((Enum<?>) value));
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
        ObjectNode schema = definitions.node();
        ArrayNode words = schema.putArray("enum");
        constants.keySet().forEach(words::add);
        boolean documented = constants.values().stream()
                .anyMatch(c -> !YamlWords.doc(YamlWords.field(c)).isEmpty());
        if (documented) {
            // vscode's YAML server shows these beside each word; other validators ignore them.
            ArrayNode docs = schema.putArray("markdownEnumDescriptions");
            constants.values().forEach(c -> docs.add(YamlWords.doc(YamlWords.field(c))));
        }
        return schema;
    }

    @Override
    public List<Class<?>> types() {
        return List.of(type);
    }

    @Override
    public String noun() {
        return "one of " + String.join(", ", constants.keySet());
    }

    @Override
    public boolean fits(YamlTree tree) {
        return tree instanceof YamlScalar scalar && constants.containsKey(scalar.text());
    }
}
