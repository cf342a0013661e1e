package dev.loupe.schema;

import org.jspecify.annotations.Nullable;

/** Binds YAML to records; never stops at the first problem. */
public final class Binder {

    private Binder() {}

    /**
     * Binds a tree.
     *
     * @param type a record, a sealed interface of records, an enum or any other type with a YAML form
     * @param problems takes everything that is wrong
     * @return the value, or null where problems were noted
     * @throws IllegalStateException where the Java type itself has no YAML form: a mistake in the program
     */
    public static <T> @Nullable Bound<T> bind(YamlTree tree, Class<T> type, Problems problems) {
        Binding binding = new Binding(problems);
        binding.marks.put("", tree.mark());
        Object value = new Shapes().of(type).bind(tree, "", binding);
        return value == null ? null : new Bound<>(type.cast(value), binding.marks, binding.defaulted);
    }

    /**
     * Binds a tree or refuses it.
     *
     * @throws SpecException with all problems
     */
    public static <T> Bound<T> bind(YamlTree tree, Class<T> type) {
        Problems problems = new Problems();
        Bound<T> bound = bind(tree, type, problems);
        problems.throwIfAny();
        if (bound == null) {
            throw new IllegalStateException("no value and no problem");
        }
        return bound;
    }
}
