package dev.loupe.dataset.given;

import dev.loupe.dataset.label.GoldSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The text of CoNLL-U files and what their columns say of its words: words are joined by spaces but where SpaceAfter=No says
 * otherwise, sentences by a space, and a new document begins at each {@code newdoc}. A word of several syntactic words
 * ({@code 3-4}) has the columns of none.
 */
final class ConlluText {
    private static final int COLUMNS = 10;

    private final StringBuilder text = new StringBuilder();
    private final List<GoldSpan> gold = new ArrayList<>();
    private final List<Document> documents = new ArrayList<>();
    private final int register;

    private ConlluText(int register) {
        this.register = register;
    }

    /** @throws IllegalArgumentException naming the line that is not of this form */
    static List<Document> read(String content, int register) {
        ConlluText reader = new ConlluText(register);
        int number = 0;
        int within = 0;
        for (String line : content.split("\n", -1)) {
            number++;
            String trimmed = line.strip();
            if (trimmed.startsWith("#")) {
                if (trimmed.matches("#\\s*newdoc.*")) {
                    reader.end();
                }
                continue;
            }
            if (trimmed.isEmpty()) {
                within = 0;
                continue;
            }
            String[] columns = line.split("\t", -1);
            if (columns.length != COLUMNS) {
                throw new IllegalArgumentException(
                        "line " + number + " has " + columns.length + " columns instead of " + COLUMNS);
            }
            if (columns[0].contains("-")) {
                within = Integer.parseInt(columns[0].replaceFirst(".*-", ""));
                reader.word(columns, false);
            } else if (!columns[0].contains(".") && Integer.parseInt(columns[0]) > within) {
                reader.word(columns, true);
            }
        }
        reader.end();
        return reader.documents;
    }

    private void word(String[] columns, boolean gilded) {
        int start = text.length();
        text.append(columns[1]);
        if (gilded) {
            gold.add(new GoldSpan(start, text.length(), "upos", columns[3]));
            gold.add(new GoldSpan(start, text.length(), "deprel", columns[7].toLowerCase(Locale.ROOT)));
        }
        if (!columns[9].contains("SpaceAfter=No")) {
            text.append(' ');
        }
    }

    private void end() {
        String document = text.toString().stripTrailing();
        if (!document.isEmpty()) {
            documents.add(new Document(document, register, List.copyOf(gold)));
        }
        text.setLength(0);
        gold.clear();
    }
}
