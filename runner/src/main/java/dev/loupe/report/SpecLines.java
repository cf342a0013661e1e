package dev.loupe.report;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resolved spec, line by line, with the lines that are defaults. It follows the indentation of block-style YAML; a
 * line that it does not understand is shown unmarked.
 */
public final class SpecLines {
    /** @param filledIn whether the user did not write this */
    public record Line(String text, boolean filledIn) {}

    private record Level(int indent, String path) {}

    private static final Pattern KEY = Pattern.compile("^(\"[^\"]*\"|'[^']*'|[^\\s:#\\[{][^:]*):(\\s.*)?$");

    private SpecLines() {}

    public static List<Line> of(String yaml, List<String> defaults) {
        Set<String> filledIn = new HashSet<>();
        defaults.forEach(path -> filledIn.add(plain(path)));
        List<Line> lines = new ArrayList<>();
        if (yaml.isBlank()) {
            return lines;
        }
        Deque<Level> levels = new ArrayDeque<>();
        Map<String, Integer> items = new HashMap<>();
        for (String line : yaml.stripTrailing().split("\n", -1)) {
            int indent = indent(line);
            String rest = line.strip();
            if (rest.isEmpty() || rest.startsWith("#")) {
                lines.add(new Line(line, false));
                continue;
            }
            while (rest.startsWith("- ") || rest.equals("-")) {
                int at = indent;
                // Entries of a list may stand as far left as the key that holds them.
                levels.removeIf(level -> level.indent() > at
                        || (level.indent() == at && level.path().endsWith("]")));
                String parent = levels.isEmpty() ? "" : levels.peek().path();
                int index = items.merge(parent, 1, Integer::sum) - 1;
                levels.push(new Level(indent, parent + "[" + index + "]"));
                rest = rest.substring(1).stripLeading();
                indent = line.length() - rest.length();
            }
            Matcher key = KEY.matcher(rest);
            if (key.matches()) {
                int at = indent;
                levels.removeIf(level -> level.indent() >= at);
                String parent = levels.isEmpty() ? "" : levels.peek().path() + ".";
                levels.push(new Level(indent, parent + key.group(1).replaceAll("^[\"']|[\"']$", "")));
            }
            lines.add(new Line(line, under(levels, filledIn)));
        }
        return lines;
    }

    private static boolean under(Deque<Level> levels, Set<String> filledIn) {
        return levels.stream().anyMatch(level -> filledIn.contains(plain(level.path())));
    }

    /** {@code measure[0].x}, {@code measure.0.x} and {@code /measure/0/x} are one path. */
    private static String plain(String path) {
        return path.replace("[", ".").replace("]", "").replace('/', '.').replaceAll("^\\.+", "");
    }

    private static int indent(String line) {
        int n = 0;
        while (n < line.length() && line.charAt(n) == ' ') {
            n++;
        }
        return n;
    }
}
