package dev.loupe.schema.shape;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Locale;

/** How Java names are spelled in YAML. */
public final class YamlWords {

    private YamlWords() {}

    /** The key of a record component. */
    public static String of(RecordComponent component, boolean snake) {
        Key key = component.getAnnotation(Key.class);
        return key != null ? key.value() : split(component.getName(), snake ? '_' : '-');
    }

    /** The word of an enum constant. */
    public static String of(Enum<?> constant) {
        Key key = field(constant).getAnnotation(Key.class);
        return key != null
                ? key.value()
                : constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The word that picks a record. */
    public static String of(Class<?> record) {
        Named named = record.getAnnotation(Named.class);
        return named != null ? named.value() : split(record.getSimpleName(), '-');
    }

    /** The documentation of an element, empty where it has none. */
    public static String doc(AnnotatedElement element) {
        Doc doc = element.getAnnotation(Doc.class);
        return doc == null ? "" : doc.value();
    }

    /** The field of an enum constant, which carries its annotations. */
    public static Field field(Enum<?> constant) {
        try {
            return constant.getDeclaringClass().getField(constant.name());
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String split(String camel, char between) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (Character.isUpperCase(c) && i > 0) {
                word.append(between);
            }
            word.append(Character.toLowerCase(c));
        }
        return word.toString();
    }
}
