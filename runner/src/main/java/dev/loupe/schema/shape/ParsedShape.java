package dev.loupe.schema.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.failure.Reason;
import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.yaml.Written;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A type that reads itself from one scalar by {@code public static X parse(String)} and writes itself by toString. */
final class ParsedShape implements YamlCodec {

    private final Class<?> type;
    private final Method parse;

    ParsedShape(Class<?> type, Method parse) {
        this.type = type;
        this.parse = parse;
    }

    @Override
    public @Nullable Object bind(YamlTree tree, String path, Binding binding) {
        if (!fits(tree) || !(tree instanceof YamlScalar scalar)) {
            binding.wrongType(tree, noun());
            return null;
        }
        return parse(parse, scalar, binding);
    }

    /** Calls a factory; what it refuses is a problem at the scalar. */
    static @Nullable Object parse(Method factory, YamlScalar scalar, Binding binding) {
        try {
            return factory.invoke(null, scalar.text());
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof RuntimeException cause)) {
                throw new IllegalStateException(e);
            }
            String message = Reason.of(cause);
            Problem problem = new Problem(scalar.mark(), "invalid-value", message, null);
            String meant = problem.meant();
            if (meant == null || meant.equals(scalar.text())) {
                binding.unknown(problem);
                return null;
            }
            binding.mended(problem);
            // A name that a message suggests is one that the factory takes.
            return parse(factory, YamlScalar.plain(scalar.mark(), meant), binding);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public YamlTree write(Object value) {
        YamlScalar plain = YamlScalar.plain(Written.HERE, value.toString());
        return plain.isNull() ? YamlScalar.quoted(Written.HERE, value.toString()) : plain;
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
        return definitions.described(definitions.types("string", "number"), YamlWords.doc(type));
    }

    @Override
    public String noun() {
        String word = YamlWords.of(type).replace('-', ' ');
        return type == IntRange.class
                ? "a range (5..12)"
                : ("aeiou".indexOf(word.charAt(0)) >= 0 ? "an " : "a ") + word;
    }

    @Override
    public boolean fits(YamlTree tree) {
        return tree instanceof YamlScalar && !tree.isNull();
    }
}
