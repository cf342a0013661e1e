package dev.loupe.schema.shape;

import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.schema.annotation.OneOrNamed;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes of Java types, each found once by reflection. Not for several threads. */
public final class YamlCodecs {

    private final Map<Class<?>, YamlCodec> known = new HashMap<>();

    /** The shape of a type that stands alone. */
    public YamlCodec of(Class<?> type) {
        YamlCodec shape = known.get(type);
        if (shape == null) {
            shape = make(type);
            known.put(type, shape);
        }
        return shape;
    }

    /** The shape of a record component: its annotations say whether short forms are allowed. */
    public YamlCodec of(Type type, AnnotatedElement component) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            // Not inside another list, where a range would be a row of its own.
            if (generic.getRawType() == List.class && arguments[0] == Integer.class && component != NONE) {
                return new WholeNumbersShape(of(arguments[0], NONE));
            }
            if (generic.getRawType() == List.class) {
                return new ListShape(of(arguments[0], NONE), component.isAnnotationPresent(OneOrMany.class));
            }
            if (generic.getRawType() == Map.class && arguments[0] == String.class) {
                return new MapShape(of(arguments[1], NONE), component.isAnnotationPresent(OneOrNamed.class));
            }
        }
        if (type instanceof Class<?> plain) {
            return of(plain);
        }
        throw new IllegalStateException("no YAML form for the Java type " + type.getTypeName());
    }

    /** No annotations: what a type argument carries. */
    private static final AnnotatedElement NONE = YamlCodecs.class;

    private YamlCodec make(Class<?> type) {
        NumberShape number = NumberShape.of(type);
        if (number != null) {
            return number;
        }
        if (type == String.class) {
            return new TextShape();
        }
        if (type == boolean.class || type == Boolean.class) {
            return new FlagShape();
        }
        if (type.isEnum()) {
            return new WordShape(type);
        }
        if (!ChoiceShape.permitted(type).isEmpty()) {
            return new ChoiceShape(type, this);
        }
        Method parse = factory(type);
        if (parse != null) {
            return new ParsedShape(type, parse);
        }
        if (type.isRecord()) {
            return new RecordShape(type, this);
        }
        throw new IllegalStateException("no YAML form for the Java type " + type.getTypeName());
    }

    /** The public static {@code parse(String)} of a type that returns the type itself, or null. */
    static @Nullable Method factory(Class<?> type) {
        try {
            Method parse = type.getDeclaredMethod("parse", String.class);
            int modifiers = parse.getModifiers();
            boolean usable = Modifier.isStatic(modifiers)
                    && Modifier.isPublic(modifiers)
                    && type.isAssignableFrom(parse.getReturnType());
            if (!usable) {
                return null;
            }
            parse.setAccessible(true);
            return parse;
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
