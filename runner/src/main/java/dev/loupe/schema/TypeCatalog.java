package dev.loupe.schema;

import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.shape.ChoiceShape;
import dev.loupe.schema.shape.RecordShape;
import dev.loupe.schema.shape.YamlCodecs;
import dev.loupe.schema.shape.YamlWords;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the records of a sealed interface are called and how each is written: for lists and reference pages. */
public final class TypeCatalog {

    /**
     * One record.
     *
     * @param word what picks it
     * @param doc one line of Markdown, or empty
     * @param example one valid use as YAML, or null
     * @param lone may be written as its word alone
     * @param type the record
     */
    public record Entry(
            String word, String doc, @Nullable String example, boolean lone, List<Option> options, Class<?> type) {
        public Entry {
            options = List.copyOf(options);
        }
    }

    /**
     * One option of a record.
     *
     * @param type what is expected, in words
     * @param defaultYaml the default as YAML, or null
     * @param required must be written in a spec
     * @param types what its value may be of, as far as that has a description of its own
     */
    public record Option(
            String key, String type, @Nullable String defaultYaml, String doc, boolean required, List<Class<?>> types) {
        public Option {
            types = List.copyOf(types);
        }
    }

    private TypeCatalog() {}

    /** The records in the order of the {@code permits} clauses, those of nested sealed interfaces in their place. */
    public static List<Entry> of(Class<?> sealedInterface) {
        if (!(new YamlCodecs().of(sealedInterface) instanceof ChoiceShape choice)) {
            throw new IllegalArgumentException(sealedInterface.getName() + " is not a sealed interface");
        }
        return choice.cases().stream()
                .map(c -> entry(c.word(), c.shape(), c.lone()))
                .toList();
    }

    /** The one entry of a record. */
    public static Entry ofRecord(Class<?> record) {
        RecordShape shape = new RecordShape(record, new YamlCodecs());
        return entry(YamlWords.of(record), shape, false);
    }

    /** The words of an enum, each an entry without options. */
    public static List<Entry> ofWords(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(Enum.class::cast)
                .map(word -> new Entry(
                        YamlWords.of(word), YamlWords.doc(YamlWords.field(word)), null, true, List.of(), type))
                .toList();
    }

    private static Entry entry(String word, RecordShape shape, boolean lone) {
        Example example = shape.type().getAnnotation(Example.class);
        List<Option> options = shape.parts().values().stream()
                .map(p -> new Option(
                        p.key(),
                        p.shape().noun(),
                        p.defaultYaml(),
                        p.doc(),
                        !p.optional() || p.neededInline(),
                        p.shape().types()))
                .toList();
        return new Entry(
                word,
                YamlWords.doc(shape.type()),
                example == null ? null : example.value(),
                lone,
                options,
                shape.type());
    }
}
