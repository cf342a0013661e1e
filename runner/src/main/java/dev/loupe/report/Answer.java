package dev.loupe.report;

import java.text.BreakIterator;
import java.util.Locale;

/**
 * The answer as a reader meets it: at most three sentences at the head of the page, what follows them apart.
 *
 * @param rest empty for a short answer
 */
public record Answer(String lead, String rest) {
    private static final int SENTENCES = 3;

    static Answer of(String text) {
        BreakIterator sentences = BreakIterator.getSentenceInstance(Locale.ENGLISH);
        sentences.setText(text);
        int end = 0;
        for (int n = 0; n < SENTENCES && end < text.length(); n++) {
            int next = sentences.next();
            end = next == BreakIterator.DONE ? text.length() : next;
        }
        return new Answer(text.substring(0, end).strip(), text.substring(end).strip());
    }
}
