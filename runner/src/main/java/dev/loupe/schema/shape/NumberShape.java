package dev.loupe.schema.shape;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.loupe.schema.yaml.Written;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Numbers, never rounded in silence: whole numbers are written as digits (decimal, {@code 0x}, {@code 0o}), neither
 * {@code 1e3} nor {@code 5.0}; reals are finite, and nothing but zero becomes zero.
 */
final class NumberShape implements YamlCodec {

    private enum Kind {
        INT,
        LONG,
        REAL
    }

    private final Kind kind;

    private NumberShape(Kind kind) {
        this.kind = kind;
    }

    static @Nullable NumberShape of(Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return new NumberShape(Kind.INT);
        }
        if (type == long.class || type == Long.class) {
            return new NumberShape(Kind.LONG);
        }
        return type == double.class || type == Double.class ? new NumberShape(Kind.REAL) : null;
    }

    @Override
    public @Nullable Object bind(YamlTree tree, String path, Binding binding) {
        if (!(tree instanceof YamlScalar scalar) || !isNumber(scalar)) {
            binding.wrongType(tree, noun() + inQuotes(tree));
            return null;
        }
        return kind == Kind.REAL ? real(scalar, binding) : whole(scalar, binding);
    }

    private static String inQuotes(YamlTree tree) {
        boolean quotedNumber = tree instanceof YamlScalar scalar
                && scalar.quoted()
                && isNumber(YamlScalar.plain(scalar.mark(), scalar.text()));
        return quotedNumber ? " without quotes" : "";
    }

    private @Nullable Object whole(YamlScalar scalar, Binding binding) {
        if (scalar.kind() != YamlScalar.Kind.INTEGER) {
            binding.wrongType(scalar, noun() + asDigits(scalar.text()));
            return null;
        }
        BigInteger value = digits(scalar.text());
        if (value.bitLength() > (kind == Kind.INT ? 31 : 63)) {
            String size = kind == Kind.INT ? "32" : "64";
            binding.unknown(
                    scalar.mark(),
                    "out-of-range",
                    scalar.text() + " is too large for a whole number " + "of " + size + " bits");
            return null;
        }
        return kind == Kind.INT ? (Object) value.intValue() : (Object) value.longValue();
    }

    /** Where 1e3 or 5.0 was written for a whole number, its digits. */
    private static String asDigits(String text) {
        try {
            BigDecimal value = new BigDecimal(text);
            boolean small = value.precision() - value.scale() <= 18 && value.scale() <= 18 && value.scale() >= -18;
            return small && value.stripTrailingZeros().scale() <= 0 ? " (" + value.toBigInteger() + ")" : "";
        } catch (NumberFormatException e) {
            return "";
        }
    }

    private static BigInteger digits(String text) {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        }
        return text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
    }

    private static @Nullable Object real(YamlScalar scalar, Binding binding) {
        String text = scalar.text();
        if (text.toLowerCase(Locale.ROOT).contains("n")) {
            binding.unknown(scalar.mark(), "out-of-range", text + " is not a finite number");
            return null;
        }
        boolean based = text.startsWith("0x") || text.startsWith("0o");
        double value = based ? digits(text).doubleValue() : Double.parseDouble(text);
        boolean vanished = value == 0 && text.split("[eE]", 2)[0].chars().anyMatch(c -> c >= '1' && c <= '9');
        if (Double.isInfinite(value) || vanished) {
            binding.unknown(scalar.mark(), "out-of-range", text + " is too large for a 64-bit number");
            return null;
        }
        return value;
    }

    /** Small, and neither 0 nor 1, so that most options take it. */
    @Override
    public Object standIn() {
        return switch (kind) {
            case INT -> (Object) 8;
            case LONG -> (Object) 8L;
            case REAL -> (Object) 8.0;
        };
    }

    @Override
    public YamlTree write(Object value) {
        if (value instanceof Double real && !Double.isFinite(real)) {
            throw new IllegalArgumentException(value + " has no YAML form here");
        }
        return YamlScalar.plain(Written.HERE, value.toString());
    }

    @Override
    public ObjectNode schema(Definitions definitions) {
        return definitions.types(kind == Kind.REAL ? "number" : "integer");
    }

    @Override
    public String noun() {
        return kind == Kind.REAL ? "a number" : "a whole number";
    }

    @Override
    public boolean fits(YamlTree tree) {
        return tree instanceof YamlScalar scalar && isNumber(scalar);
    }

    private static boolean isNumber(YamlScalar scalar) {
        return scalar.kind() == YamlScalar.Kind.INTEGER || scalar.kind() == YamlScalar.Kind.NUMBER;
    }
}
