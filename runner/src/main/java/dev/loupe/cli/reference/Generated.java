package dev.loupe.cli.reference;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The Markdown that all generated pages share. */
final class Generated {
    /** Says where the text comes from, so that nobody edits it here. */
    static final String NOTE =
            "Made from the program's own types by `./loupe list --markdown runner/docs/manual/reference`.";

    private Generated() {}

    /** A row of a table. */
    static String row(String... cells) {
        return List.of(cells).stream()
                .map(cell -> cell.strip().replace("|", "\\|").replaceAll("\\s+", " "))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** The anchor that a Markdown page gives a heading. */
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }
}
