package dev.loupe.dataset.given;

import dev.loupe.dataset.label.GoldSpan;
import dev.loupe.text.ByteOrderMark;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of CoNLL-U files and what their columns say of its words: words are joined by spaces but where SpaceAfter=No says
 * otherwise, sentences by a space, and a new document begins at each {@code newdoc}, or with each sentence where that is asked
 * for. A word of several syntactic words ({@code 3-4}) has no columns of its own: what it is, nobody says.
 */
final class ConlluText {
    private static final int COLUMNS = 10;
    private static final int FORM = 1;
    private static final int MISC = 9;
    private static final String UNSPECIFIED = "_";
    private static final Pattern NEW_DOCUMENT = Pattern.compile("#\\s*newdoc(?:\\s.*)?");
    private static final Pattern ID = Pattern.compile("(?<word>\\d{1,9})(?:-(?<end>\\d{1,9})|(?<empty>\\.\\d{1,9}))?");

    private final StringBuilder text = new StringBuilder();
    private final List<GoldSpan> gold = new ArrayList<>();
    private final List<Document> documents = new ArrayList<>();
    private final int register;
    private final boolean sentences;
    private int lastOfWord;
    private boolean said;

    private ConlluText(int register, boolean sentences) {
        this.register = register;
        this.sentences = sentences;
    }

    /**
     * The documents of a file.
     *
     * @param sentences whether each sentence is one
     * @param fault is given the number of a line and what is wrong with it
     */
    static List<Document> read(String content, int register, boolean sentences, BiConsumer<Integer, String> fault) {
        ConlluText reader = new ConlluText(register, sentences);
        int number = 0;
        int first = 0;
        for (String line : ByteOrderMark.without(content).split("\n", -1)) {
            number++;
            String wrong = reader.line(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
            if (wrong != null) {
                fault.accept(number, wrong);
            }
            first = first == 0 && !reader.gold.isEmpty() ? number : first;
        }
        reader.end();
        if (first > 0 && !reader.said) {
            fault.accept(first, "has _ as its word, as every line of the file does: its text is not in it");
        }
        return reader.documents;
    }

    private @Nullable String line(String line) {
        if (line.startsWith("#")) {
            if (NEW_DOCUMENT.matcher(line).matches()) {
                end();
            }
            return null;
        }
        if (line.isBlank()) {
            lastOfWord = 0;
            if (sentences) {
                end();
            }
            return null;
        }
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            return "has " + Count.of(columns.length, "column") + " instead of " + COLUMNS + ", which CoNLL-U has";
        }
        Matcher id = ID.matcher(columns[0]);
        if (!id.matches()) {
            return "begins with \"" + columns[0] + "\" instead of the number of a word, such as 3, 3-4 or 3.1";
        }
        if (id.group("end") != null) {
            lastOfWord = Integer.parseInt(id.group("end"));
            word(columns, false);
        } else if (id.group("empty") == null && Integer.parseInt(id.group("word")) > lastOfWord) {
            word(columns, true);
        }
        return null;
    }

    private void word(String[] columns, boolean gilded) {
        int start = text.length();
        text.append(columns[FORM]);
        int end = text.length();
        said |= !columns[FORM].equals(UNSPECIFIED);
        if (start < end) {
            gold.add(new GoldSpan(start, end, "upos", gilded ? columns[3] : null));
            gold.add(new GoldSpan(start, end, "xpos", gilded ? columns[4] : null));
            gold.add(new GoldSpan(start, end, "feats", gilded ? columns[5] + "|" + columns[MISC] : null));
            gold.add(new GoldSpan(start, end, "deprel", gilded ? columns[7] : null));
        }
        if (!List.of(columns[MISC].split("\\|")).contains("SpaceAfter=No")) {
            text.append(' ');
        }
    }

    private void end() {
        String document = text.toString().stripTrailing();
        if (!document.isEmpty()) {
            // White space at the end of the last word goes with that of the text.
            documents.add(new Document(text.toString(), register, gold).part(0, document));
        }
        text.setLength(0);
        gold.clear();
    }
}
