package dev.loupe.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/** Specs to start from, one for each kind of question. Each is a file of its own, whose first line is the question. */
enum StartingSpec {
    HEADS,
    ABLATE,
    PATCH,
    ATTRIBUTE,
    EDGES,
    LENS,
    NEURONS;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    String text() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(StartingSpec.class.getResourceAsStream("start/" + word() + ".yaml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The kind of question that it asks. */
    String question() throws IOException {
        String text = text();
        return text.substring("# ".length(), text.indexOf('\n'));
    }
}
