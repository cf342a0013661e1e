package dev.loupe.dataset.prompt;

import dev.loupe.dataset.rows.AnswerTokens;
import dev.loupe.dataset.rows.Continuation;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.RowOptions;
import dev.loupe.dataset.rows.TextEncoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One prompt.
 *
 * @param sentence with the slots {A}, {B}, {S}
 * @param abba the indirect object is named first
 */
record IoiPrompt(String sentence, String io, String s, boolean abba) {

    /** The names at {A}, {B} and {S}. */
    List<String> names() {
        return abba ? List.of(io, s, s) : List.of(s, io, s);
    }

    /** The names of the counterpart. */
    List<String> corrupted(Ioi.Corruption corruption, List<String> others) {
        return switch (corruption) {
            case SWAP_SUBJECT -> abba ? List.of(io, s, io) : List.of(s, io, io);
            case ABC -> others;
            case SWAP_ORDER -> abba ? List.of(s, io, s) : List.of(io, s, s);
            case SWAP_NAMES -> new IoiPrompt(sentence, s, io, abba).names();
            case NEW_SUBJECT -> abba ? List.of(io, s, others.get(0)) : List.of(s, io, others.get(0));
            case OTHER_NAMES -> new IoiPrompt(sentence, others.get(0), others.get(1), abba).names();
        };
    }

    /** IO and S as they continue the prompt and its counterpart with these names. */
    AnswerTokens asked(TextEncoder encoder, List<String> changed, String place) {
        Continuation after = new Continuation(encoder, text(names()), text(changed));
        return AnswerTokens.of(
                "names",
                List.of(after.written(" " + io, "names", place + ", IO")),
                List.of(after.written(" " + s, "names", place + ", S")));
    }

    private String text(List<String> mentioned) {
        return sentence.replace("{A}", mentioned.get(0))
                .replace("{B}", mentioned.get(1))
                .replace("{S}", mentioned.get(2));
    }

    /** Tokens with positions and the clean prompt's columns. */
    DrawnRow row(TextEncoder encoder, @Nullable Integer bos, List<String> mentioned, AnswerTokens asked) {
        String text = text(mentioned);
        TextEncoder.Encoded encoded = encoder.encode(text);
        int head = bos == null ? 0 : 1;
        int a = at(encoded, text, "{A}", mentioned) + head;
        int b = at(encoded, text, "{B}", mentioned) + head;
        int second = at(encoded, text, "{S}", mentioned) + head;
        int end = encoded.ids().length - 1 + head;
        return new DrawnRow(RowOptions.withBos(bos, encoded.ids()), "answer", "answer-abba", "answer-baba")
                .mark("answer", end)
                .mark(abba ? "answer-abba" : "answer-baba", end)
                .target(end, asked.answer()[0])
                .position("IO", abba ? a : b)
                .position("S1", abba ? b : a)
                .position("S1+1", (abba ? b : a) + 1)
                .position("S2", second)
                .position("END", end)
                .column("answer", asked.answer()[0])
                .column("wrong", asked.wrong()[0]);
    }

    /** The token of the name in a slot: it must end where the name ends, and be the name alone. */
    private int at(TextEncoder.Encoded encoded, String text, String slot, List<String> mentioned) {
        String before = sentence.substring(0, sentence.indexOf(slot));
        before = before.replace("{A}", mentioned.get(0)).replace("{B}", mentioned.get(1));
        String name = mentioned.get(slot.equals("{A}") ? 0 : slot.equals("{B}") ? 1 : 2);
        int start = before.codePointCount(0, before.length());
        int end = start + name.codePointCount(0, name.length());
        for (int i = 0; i < encoded.spans().size(); i++) {
            TextEncoder.Span span = encoded.spans().get(i);
            if (span.end() == end && (span.start() == start || span.start() == start - 1)) {
                return i;
            }
        }
        throw new DatasetException("names", "\"" + name + "\" is not one token in \"" + text + "\"");
    }
}
