package dev.loupe.schema.yaml;

import java.util.List;
import java.util.regex.Pattern;

/** Writes a tree as YAML text: mappings as blocks, lists of scalars in one line. */
public final class YamlWriter {

    /** Text that needs no quotes anywhere: no indicator at its start, no ": ", " #" or flow indicator inside. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_./*+-]*(?: [A-Za-z0-9_./*+-]+)*");

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    public static String write(YamlTree tree) {
        YamlWriter writer = new YamlWriter();
        if (isShort(tree)) {
            writer.inline(tree);
            writer.out.append('\n');
        } else {
            writer.block(tree, 0, false);
        }
        return writer.out.toString();
    }

    private static boolean isShort(YamlTree tree) {
        if (tree instanceof YamlMap map) {
            return map.isEmpty();
        }
        return !(tree instanceof YamlList list) || list.items().stream().allMatch(YamlScalar.class::isInstance);
    }

    /** Writes the lines of a mapping or list; the first line's indentation is there already where it follows a dash. */
    private void block(YamlTree tree, int indent, boolean begun) {
        boolean first = begun;
        if (tree instanceof YamlMap map) {
            for (YamlMap.Entry entry : map.entries().values()) {
                out.append(first ? "" : " ".repeat(indent));
                first = false;
                text(entry.key());
                out.append(':');
                if (isShort(entry.value())) {
                    out.append(' ');
                    inline(entry.value());
                    out.append('\n');
                } else {
                    out.append('\n');
                    block(entry.value(), indent + 2, false);
                }
            }
        } else if (tree instanceof YamlList list) {
            for (YamlTree item : list.items()) {
                out.append(first ? "" : " ".repeat(indent)).append("- ");
                first = false;
                if (isShort(item)) {
                    inline(item);
                    out.append('\n');
                } else {
                    block(item, indent + 2, true);
                }
            }
        }
    }

    private void inline(YamlTree tree) {
        if (tree instanceof YamlScalar scalar) {
            if (scalar.quoted()) {
                text(scalar.text());
            } else {
                plain(scalar);
            }
        } else if (tree instanceof YamlList list) {
            out.append('[');
            List<YamlTree> items = list.items();
            for (int i = 0; i < items.size(); i++) {
                out.append(i == 0 ? "" : ", ");
                inline(items.get(i));
            }
            out.append(']');
        } else {
            out.append("{}");
        }
    }

    /** A scalar that is no text keeps its form; unquoted text is quoted where it must be. */
    private void plain(YamlScalar scalar) {
        if (scalar.kind() == YamlScalar.Kind.TEXT) {
            text(scalar.text());
        } else {
            out.append(scalar.isNull() ? "null" : scalar.text());
        }
    }

    private void text(String text) {
        boolean safe = YamlScalar.kindOf(text) == YamlScalar.Kind.TEXT
                && SAFE.matcher(text).matches()
                && !text.startsWith("...")
                && text.length() < 120;
        if (safe) {
            out.append(text);
            return;
        }
        out.append('"');
        text.codePoints().forEach(this::escaped);
        out.append('"');
    }

    private void escaped(int c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\t' -> out.append("\\t");
            case '\r' -> out.append("\\r");
            default -> {
                if (c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                    throw new IllegalArgumentException(String.format("U+%04X has no YAML form here", c));
                }
                if (c < 0x20
                        || c >= 0x7F && c < 0xA0
                        || c == 0x2028
                        || c == 0x2029
                        || c == 0xFEFF
                        || c >= 0xFFFE && c <= 0xFFFF) {
                    out.append(String.format("\\u%04X", c));
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }
}
