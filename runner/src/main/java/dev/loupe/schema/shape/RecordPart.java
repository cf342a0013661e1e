package dev.loupe.schema.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Identity;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.NeededInline;
import dev.loupe.schema.annotation.OnlyWith;
import dev.loupe.schema.annotation.Sweepable;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One option of a record.
 *
 * @param inline its own keys stand among the record's
 * @param neededInline must be written where its record stands inline in another
 * @param defaultYaml the value where nothing is written, as YAML, or null
 * @param section the section of the document whose names its text must be of, or null
 * @param inPlace the shape of what may be written in place of such a name, or null
 * @param needs the other option that it depends on, or null
 * @param identity another value makes another thing
 * @param nullable may be left out without a default
 * @param accessors the way to its value: one accessor, and before it those of the records that stand inline around it
 */
public record RecordPart(
        String key,
        YamlCodec shape,
        boolean nullable,
        boolean inline,
        boolean neededInline,
        @Nullable String defaultYaml,
        @Nullable String section,
        @Nullable YamlCodec inPlace,
        String doc,
        @Nullable OnlyWith needs,
        boolean identity,
        List<Method> accessors) {

    static RecordPart of(RecordComponent component, List<Method> accessors, boolean snake, YamlCodecs shapes) {
        Default written = component.getAnnotation(Default.class);
        NameOf name = component.getAnnotation(NameOf.class);
        return new RecordPart(
                YamlWords.of(component, snake),
                shapes.of(component.getGenericType(), component),
                component.getAnnotatedType().isAnnotationPresent(Nullable.class),
                component.isAnnotationPresent(Inline.class),
                component.isAnnotationPresent(NeededInline.class),
                written == null ? null : written.value(),
                name == null ? null : name.value(),
                name == null || name.inPlace() == void.class ? null : shapes.of(name.inPlace()),
                doc(component, YamlWords.of(component, snake)),
                component.getAnnotation(OnlyWith.class),
                component.isAnnotationPresent(Identity.class),
                accessors);
    }

    private static String doc(RecordComponent component, String key) {
        String doc = YamlWords.doc(component);
        return component.isAnnotationPresent(Sweepable.class)
                ? (doc + " A list is swept, on an axis `" + key + "`.").strip()
                : doc;
    }

    /** The record that has the option, for messages about the program. */
    private String owner() {
        return accessors.get(accessors.size() - 1).getDeclaringClass().getName();
    }

    public boolean optional() {
        return nullable || defaultYaml != null;
    }

    /** The default as a tree, every mark in it where the record was written. */
    YamlTree defaultTree(SourceLocation mark) {
        if (defaultYaml == null) {
            throw new IllegalStateException(key + " has no default");
        }
        // The parser is asked only where the text is more than one plain word, so that start-up stays short.
        switch (defaultYaml) {
            case "":
                return YamlScalar.quoted(mark, "");
            case "[]":
                return new YamlList(mark, List.of());
            case "{}":
                return new YamlMap(mark, Map.of());
            default:
                break;
        }
        boolean word = !defaultYaml.startsWith("-")
                && defaultYaml.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '.' || c == '-');
        return word
                ? YamlScalar.plain(mark, defaultYaml)
                : YamlTree.parse(defaultYaml, "@Default of " + owner() + "." + key)
                        .at(mark);
    }

    /** Binds the default, which the program itself wrote, so that a problem in it is a mistake in the program. */
    @Nullable
    Object bindDefault(SourceLocation mark, String path, Binding binding) {
        Problems problems = new Problems();
        Binding own = new Binding(problems, Declared.NOTHING);
        own.marks.put(path, mark);
        Object value = shape.bind(defaultTree(mark), path, own);
        if (!problems.isEmpty()) {
            throw new IllegalStateException("the @Default of " + owner() + "." + key + ": " + problems);
        }
        binding.marks.putAll(own.marks);
        binding.defaulted.add(path);
        binding.defaulted.addAll(own.defaulted);
        return value;
    }

    @Nullable
    Object read(Object record) {
        try {
            Object value = record;
            for (Method accessor : accessors) {
                value = accessor.invoke(value);
            }
            return value;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode ownSchema(Definitions definitions) {
        if (inPlace == null) {
            return shape.schema(definitions);
        }
        ObjectNode one = definitions.anyOf(definitions.types("string"), inPlace.schema(definitions));
        if (!(shape instanceof ListShape)) {
            return one;
        }
        ObjectNode many = definitions.types("array");
        many.set("items", one.deepCopy());
        return definitions.anyOf(one, many);
    }

    ObjectNode schema(Definitions definitions) {
        ObjectNode schema = definitions.described(ownSchema(definitions), doc);
        if (defaultYaml != null) {
            schema.set("default", definitions.json(defaultTree(SourceLocation.start("default"))));
        }
        return schema;
    }
}
