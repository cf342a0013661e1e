package dev.loupe.cli.reference;

import dev.loupe.cli.terminal.Terminal;
import dev.loupe.dataset.Mark;
import dev.loupe.schema.TypeCatalog;
import dev.loupe.text.Columns;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** One keyword of the spec language: what it means, its keys with types and defaults, and an example that is tested. */
public final class KeywordPage {
    private static final int MOST_BESIDE = 26;

    private final PrintStream out;
    private final int columns;

    public KeywordPage(Terminal terminal) {
        this.out = terminal.out();
        this.columns = Math.max(60, terminal.columns());
    }

    /** @param kind what family of keywords it belongs to */
    public void print(String kind, TypeCatalog.Entry entry) {
        out.println(entry.word() + "  (" + kind + ")");
        block(entry.doc(), 2);
        if (entry.lone()) {
            block("Can be written as just its name.", 2);
        }
        if (!entry.options().isEmpty()) {
            out.println();
            out.println("  Keys");
            entry.options().forEach(this::key);
        }
        Mark[] marks = entry.type().getAnnotationsByType(Mark.class);
        if (marks.length > 0) {
            out.println();
            out.println("  Names in its rows");
            for (Mark mark : marks) {
                line(mark.name().replace("*", ""), mark.is().words() + ". " + mark.doc());
            }
        }
        if (entry.example() != null) {
            out.println();
            out.println("  Example");
            entry.example().strip().lines().forEach(line -> out.println("    " + line));
        }
    }

    private void key(TypeCatalog.Option option) {
        String need = option.required()
                ? "required"
                : option.defaultYaml() == null ? "optional" : "default " + option.defaultYaml();
        List<String> text = new ArrayList<>(List.of(option.type() + "; " + need + "."));
        if (!option.doc().isBlank()) {
            text.add(option.doc());
        }
        line(option.key(), String.join(" ", text));
    }

    private void line(String word, String text) {
        String name = "    " + Columns.padded(word, MOST_BESIDE - 6) + "  ";
        List<String> lines = Columns.wrap(text, columns - Columns.of(name));
        out.println(name + lines.get(0));
        lines.subList(1, lines.size()).forEach(line -> out.println(" ".repeat(Columns.of(name)) + line));
    }

    private void block(String text, int indent) {
        if (!text.isBlank()) {
            Columns.wrap(text, columns - indent).forEach(line -> out.println(" ".repeat(indent) + line));
        }
    }
}
