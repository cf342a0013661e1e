package dev.loupe.schema;

import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.schema.shape.Binding;
import dev.loupe.schema.shape.Declared;
import dev.loupe.schema.shape.YamlCodec;
import dev.loupe.schema.shape.YamlCodecs;
import dev.loupe.schema.yaml.YamlTree;
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
        Problems own = new Problems();
        Bound<T> bound = known(tree, type, own);
        problems.addAll(own.sorted());
        return own.isEmpty() ? bound : null;
    }

    /**
     * Binds a tree as far as it is known. What is misspelled is taken for what was meant; an unknown value is left out of
     * the list or mapping that holds it, or its option is as if nobody had written it. So whatever does not depend on what is
     * wrong can be checked in the same round.
     *
     * @return null where nothing is known
     */
    public static <T> @Nullable Bound<T> known(YamlTree tree, Class<T> type, Problems problems) {
        YamlCodec shape = new YamlCodecs().of(type);
        Declared declared = Declared.of(tree, shape);
        Binding binding = new Binding(problems, declared);
        binding.marks.put("", tree.mark());
        Object value = shape.bind(tree, "", binding);
        return value == null
                ? null
                : new Bound<>(
                        type.cast(value),
                        binding.marks,
                        binding.defaulted,
                        new Origin(tree, declared, binding.references, binding.unsure, binding.partial, binding.parts));
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
