package dev.loupe.schema.yaml;

import dev.loupe.schema.problem.SourceLocation;
import java.util.regex.Pattern;

/**
 * A scalar with its text as written (after quotes and escapes) and what the YAML 1.2 core schema reads in it.
 *
 * @param quoted in quotes or a block, so that it is text whatever it looks like
 */
public record YamlScalar(SourceLocation mark, String text, Kind kind, boolean quoted) implements YamlTree {

    /** What a scalar is under the core schema. */
    public enum Kind {
        TEXT,
        INTEGER,
        NUMBER,
        BOOLEAN,
        NULL
    }

    private static final int LONGEST_NUMBER = 100;
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]++|0o[0-7]++|0x[0-9a-fA-F]++");
    private static final Pattern NUMBER = Pattern.compile(
            "[-+]?(\\.[0-9]++|[0-9]++(\\.[0-9]*+)?)([eE][-+]?[0-9]++)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    /** A scalar without quotes. */
    public static YamlScalar plain(SourceLocation mark, String text) {
        return new YamlScalar(mark, text, kindOf(text), false);
    }

    /** A scalar in quotes: always text. */
    public static YamlScalar quoted(SourceLocation mark, String text) {
        return new YamlScalar(mark, text, Kind.TEXT, true);
    }

    /** What a plain scalar is. Booleans are {@code true} and {@code false} only. */
    static Kind kindOf(String text) {
        switch (text) {
            case "", "~", "null", "Null", "NULL":
                return Kind.NULL;
            case "true", "false":
                return Kind.BOOLEAN;
            default:
                break;
        }
        if (text.length() > LONGEST_NUMBER) {
            return Kind.TEXT;
        }
        if (INTEGER.matcher(text).matches()) {
            return Kind.INTEGER;
        }
        return NUMBER.matcher(text).matches() ? Kind.NUMBER : Kind.TEXT;
    }

    @Override
    public boolean isNull() {
        return kind == Kind.NULL;
    }

    @Override
    public YamlScalar at(SourceLocation other) {
        return new YamlScalar(other, text, kind, quoted);
    }

    @Override
    public String describe() {
        String shown = text.length() > 60 ? text.substring(0, text.offsetByCodePoints(0, 57)) + "..." : text;
        return switch (kind) {
            case NULL -> "nothing";
            case INTEGER, NUMBER -> "the number " + shown;
            case BOOLEAN -> shown;
            case TEXT -> "the text \"" + shown.replace("\n", "\\n") + "\"";
        };
    }
}
