package dev.loupe.schema.annotation;

/** The {@link Doc} of an enum constant, for texts that name it. */
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
}
