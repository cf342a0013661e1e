package dev.loupe.schema.shape;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.annotation.NeededInline;
import dev.loupe.schema.annotation.OnlyWith;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlTree;
import java.util.List;
import java.util.Map;

/**
 * Options of one record that must be written where it stands inline in another, see {@link NeededInline}. One that has an effect
 * only beside another option ({@link OnlyWith}) must be written where it has one.
 */
final class RequiredInline {
    private final Map<String, RecordPart> parts;

    RequiredInline(Map<String, RecordPart> parts) {
        this.parts = parts;
    }

    private List<RecordPart> all() {
        return parts.values().stream().filter(RecordPart::neededInline).toList();
    }

    /** Those that a mapping lacks. */
    List<RecordPart> missingIn(YamlMap map) {
        IgnoredOptions ignored = new IgnoredOptions(parts);
        return all().stream()
                .filter(part -> map.withoutNulls().get(part.key()) == null && ignored.effective(part, map))
                .toList();
    }

    /** Adds them to the schema of the mapping. */
    void addTo(ObjectNode schema, Definitions definitions) {
        for (RecordPart part : all()) {
            OnlyWith needs = part.needs();
            if (needs == null) {
                schema.withArray("required").add(part.key());
                continue;
            }
            // A condition on a key that is not there is met in JSON Schema; so is ours, by the default of the option.
            ArrayNode words = schema.putObject("if")
                    .putObject("properties")
                    .putObject(needs.value())
                    .putArray("enum");
            for (String word : needs.words()) {
                words.add(definitions.json(YamlTree.parse(word, "words of @OnlyWith")));
            }
            schema.putObject("then").putArray("required").add(part.key());
        }
    }
}
