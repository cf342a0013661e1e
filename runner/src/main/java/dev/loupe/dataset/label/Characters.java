package dev.loupe.dataset.label;

import dev.loupe.dataset.rows.Sources;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Labels that the characters alone decide. */
@Named("characters")
@Doc("Labels that the characters alone decide.")
@Example("{characters: [digit, capitalised, bracket-depth]}")
public record Characters(@Doc("Which labels.") @OneOrMany List<Kind> characters) implements Labeller, Marker {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]+(?:['’][\\p{L}\\p{M}]+)*+");
    private static final String MONTHS =
            "January|February|March|April|May|June|July|August|September|October|November|December";
    private static final int MOST = 7;

    /** The labels. */
    public enum Kind {
        @Doc("The first word of a line.")
        LINE_START("(?m)^[^\\S\\n]*(?<mark>[\\p{L}\\p{M}\\p{N}]+|[^\\s\\p{L}\\p{M}\\p{N}])"),
        @Doc("A line break.")
        NEWLINE("(?<mark>\\n)"),
        @Doc("The first word of the text or after a full stop, question or exclamation mark.")
        SENTENCE_START("(?:^|(?<=[.!?])[”\"')]*\\s+)\\W*?(?<mark>[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*)"),
        @Doc("A full stop, question or exclamation mark before a new sentence or the end of the text.")
        SENTENCE_END("(?<mark>[.!?]+)(?=[”\"')]*(?:\\s+[“\"'(]*\\p{Lu}|\\s*$))"),
        @Doc("A word that begins with a capital letter and goes on with small ones.")
        CAPITALISED("(?<![\\p{L}\\p{M}])(?<mark>\\p{Lu}[\\p{Ll}\\p{M}]+)(?![\\p{L}\\p{M}])"),
        @Doc("A word of at least two capital letters and no small one.")
        ALL_CAPS("(?<![\\p{L}\\p{M}])(?<mark>\\p{Lu}{2,})(?![\\p{L}\\p{M}])"),
        @Doc("A digit.")
        DIGIT("(?<mark>\\p{Nd})"),
        @Doc("A whole number with its separators, such as 1,024.5.")
        NUMBER("(?<mark>\\p{Nd}+(?:[.,]\\p{Nd}+)*+)"),
        @Doc("A date, such as 2024-05-17, 17.5.2024 or May 17, 2024.")
        DATE("(?<!\\p{Nd})(?<mark>\\p{Nd}{4}-\\p{Nd}{2}-\\p{Nd}{2}|\\p{Nd}{1,2}[./]\\p{Nd}{1,2}[./]\\p{Nd}{2,4}|(?:"
                + MONTHS + ") \\p{Nd}{1,2}(?:, \\p{Nd}{4})?)(?!\\p{Nd})"),
        @Doc("A punctuation mark.")
        PUNCTUATION("(?<mark>\\p{P})"),
        @Doc("A quotation mark that opens.")
        QUOTE_OPEN(""),
        @Doc("Text inside quotation marks, up to the end of the paragraph.")
        INSIDE_QUOTE(""),
        @Doc("How many round, square and curly brackets are open after a character.")
        BRACKET_DEPTH(""),
        @Doc("How often a word occurred before in the document, up to 7.")
        OCCURRENCE("");

        private final Pattern pattern;

        Kind(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Characters {
        characters = List.copyOf(characters);
    }

    @Override
    public Marker marker(Sources sources) {
        return this;
    }

    @Override
    public List<LabelKind> kinds() {
        return characters.stream()
                .map(kind -> switch (kind) {
                    case BRACKET_DEPTH, OCCURRENCE -> LabelKind.ordinal(kind.label());
                    case SENTENCE_END, CAPITALISED, ALL_CAPS, NUMBER, DATE ->
                        LabelKind.flag(kind.label()).ahead();
                    default -> LabelKind.flag(kind.label());
                })
                .toList();
    }

    @Override
    public void mark(Marks marks) {
        for (Kind kind : characters) {
            switch (kind) {
                case QUOTE_OPEN, INSIDE_QUOTE -> quotes(marks, kind);
                case BRACKET_DEPTH -> brackets(marks);
                case OCCURRENCE -> occurrences(marks);
                default -> {
                    Matcher found = kind.pattern.matcher(marks.text());
                    while (found.find()) {
                        marks.flag(kind.label(), found.start("mark"), found.end("mark"));
                    }
                }
            }
        }
    }

    private static void quotes(Marks marks, Kind kind) {
        String text = marks.text();
        boolean open = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean opens = c == '“' || (c == '"' && !open);
            boolean closes = open && (c == '”' || c == '"');
            if (opens && kind == Kind.QUOTE_OPEN) {
                marks.flag(kind.label(), i, i + 1);
            }
            if (open && !closes && !opens && kind == Kind.INSIDE_QUOTE) {
                marks.flag(kind.label(), i, i + 1);
            }
            boolean paragraph = c == '\n' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            open = opens || (open && !closes && !paragraph);
        }
    }

    private static void brackets(Marks marks) {
        String text = marks.text();
        Deque<Character> open = new ArrayDeque<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int kind = "([{".indexOf(c);
            if (kind >= 0) {
                open.push(")]}".charAt(kind));
            } else if (!open.isEmpty() && open.peek() == c) {
                open.pop();
            }
            if (!open.isEmpty()) {
                marks.value(Kind.BRACKET_DEPTH.label(), i, i + 1, open.size());
            }
        }
    }

    private static void occurrences(Marks marks) {
        Map<String, Integer> seen = new HashMap<>();
        Matcher words = WORD.matcher(marks.text());
        while (words.find()) {
            int before = seen.merge(words.group().toLowerCase(Locale.ROOT), 1, Integer::sum) - 1;
            marks.value(Kind.OCCURRENCE.label(), words.start(), words.end(), Math.min(MOST, before));
        }
    }
}
