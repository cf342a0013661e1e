package dev.loupe.schema.annotation;

import java.util.Collection;
import java.util.Locale;

/** The word and the {@link Doc} of an enum constant, for texts that name it. */
public final class ConstantDoc {
    private ConstantDoc() {}

    /** Empty where it has none. */
    public static String of(Enum<?> constant) {
        try {
            Doc doc = constant.getDeclaringClass().getField(constant.name()).getAnnotation(Doc.class);
            return doc == null ? "" : doc.value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The word of a constant without a key of its own: {@code pure-share} for {@code PURE_SHARE}. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The doc of the constant that goes by a word, such as {@code pure-share} for {@code PURE_SHARE}, as a line before other text; that
     * text alone where no constant does.
     */
    public static String before(String text, Collection<? extends Enum<?>> constants, String word) {
        return constants.stream()
                .filter(constant -> word(constant).equals(word))
                .findFirst()
                .map(constant -> of(constant) + "  \n" + text)
                .orElse(text);
    }
}
