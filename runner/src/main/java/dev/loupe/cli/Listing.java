package dev.loupe.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Words with what they mean, no line wider than asked for: the meaning stands in a column of its own, or under a word that
 * is too long for that.
 */
final class Listing {
    private static final int COLUMN = 30;
    private static final int UNDER = 6;

    private final PrintStream out;
    private final int columns;

    Listing(PrintStream out, int columns) {
        this.out = out;
        this.columns = Math.max(COLUMN + 30, columns);
    }

    void heading(String text) {
        wrapped(text, columns).forEach(out::println);
    }

    /** A word and its meaning beside it. */
    void entry(String word, String meaning) {
        List<String> lines = wrapped(meaning, columns - COLUMN);
        if (word.length() + 3 > COLUMN) {
            under(word, meaning);
            return;
        }
        out.println(("  " + word + " ".repeat(COLUMN - 2 - word.length()) + lines.get(0)).stripTrailing());
        lines.subList(1, lines.size()).forEach(line -> out.println(" ".repeat(COLUMN) + line));
    }

    /** A word and its meaning on the lines below. */
    void under(String word, String meaning) {
        out.println("  " + word);
        if (!meaning.isEmpty()) {
            wrapped(meaning, columns - UNDER).forEach(line -> out.println(" ".repeat(UNDER) + line));
        }
    }

    /** At least one line; a word that is wider than the column keeps a line of its own. */
    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
