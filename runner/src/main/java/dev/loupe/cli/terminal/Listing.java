package dev.loupe.cli.terminal;

import dev.loupe.text.Columns;
import java.io.PrintStream;
import java.util.List;

/**
 * Words with what they mean, no line wider than asked for: the meaning stands in a column of its own, or under a word that
 * is too long for that.
 */
public final class Listing {
    private static final int COLUMN = 30;
    private static final int UNDER = 6;

    private final PrintStream out;
    private final int columns;

    public Listing(PrintStream out, int columns) {
        this.out = out;
        this.columns = Math.max(COLUMN + 30, columns);
    }

    public void heading(String text) {
        Columns.wrap(text, columns).forEach(out::println);
    }

    /** A word and its meaning beside it. */
    public void entry(String word, String meaning) {
        List<String> lines = Columns.wrap(meaning, columns - COLUMN);
        if (Columns.of(word) + 3 > COLUMN) {
            under(word, meaning);
            return;
        }
        out.println(("  " + Columns.padded(word, COLUMN - 2) + lines.get(0)).stripTrailing());
        lines.subList(1, lines.size()).forEach(line -> out.println(" ".repeat(COLUMN) + line));
    }

    /** A word and its meaning on the lines below. */
    public void under(String word, String meaning) {
        out.println("  " + word);
        if (!meaning.isEmpty()) {
            Columns.wrap(meaning, columns - UNDER).forEach(line -> out.println(" ".repeat(UNDER) + line));
        }
    }
}
