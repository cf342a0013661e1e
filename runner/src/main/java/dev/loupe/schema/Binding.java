package dev.loupe.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one binding gathers beside the value: problems, the place of every path, and which paths defaults filled. */
final class Binding {

    final Problems problems;
    final Map<String, Mark> marks = new LinkedHashMap<>();
    final List<String> defaulted = new ArrayList<>();

    Binding(Problems problems) {
        this.problems = problems;
    }

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Notes a value of the wrong kind. */
    void wrongType(YamlTree tree, String expected) {
        problems.add(tree.mark(), "wrong-type", "expected " + expected + ", found " + tree.describe());
    }

    /** Notes a word that is not one of those known. */
    void unknownWord(YamlScalar scalar, String what, Collection<String> known) {
        String nearest = Nearest.to(scalar.text(), known);
        String listed = nearest == null || known.size() <= 8 ? "; known: " + String.join(", ", known) : "";
        problems.add(scalar.mark(), "unknown-word", "`" + shorten(scalar.text()) + "` is no " + what + listed, nearest);
    }

    /** Hostile text stays short in messages. */
    static String shorten(String text) {
        String line = text.replace("\n", "\\n");
        return line.length() > 60 ? line.substring(0, line.offsetByCodePoints(0, 50)) + "..." : line;
    }
}
