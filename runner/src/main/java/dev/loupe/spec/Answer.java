package dev.loupe.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The answer sentence: text, and holes {@code {{...}}} that results fill.
 *
 * @param problems what is wrong with a hole that could not be read
 */
public record Answer(String text, List<Hole> holes, List<Fault> problems) {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";

    /**
     * One hole.
     *
     * @param from where its braces begin in the text
     * @param to the place after its braces
     */
    public record Hole(int from, int to, AnswerValue value) {}

    /**
     * Something wrong.
     *
     * @param at the place in the text, in characters
     */
    public record Fault(int at, String message) {}

    /** Reads a text. What cannot be read is a problem, and the holes after it are read. */
    public static Answer of(String text) {
        List<Hole> holes = new ArrayList<>();
        List<Fault> problems = new ArrayList<>();
        int from = text.indexOf(OPEN);
        while (from >= 0) {
            int next;
            try {
                AnswerReader reader = new AnswerReader(text, from + OPEN.length());
                AnswerValue value = reader.value();
                next = reader.end(CLOSE);
                holes.add(new Hole(from, next, value));
            } catch (AnswerReader.Unreadable e) {
                problems.add(new Fault(e.at(), String.valueOf(e.getMessage())));
                int close = text.indexOf(CLOSE, from);
                next = close < 0 ? text.length() : close + CLOSE.length();
            }
            from = text.indexOf(OPEN, next);
        }
        return new Answer(text, List.copyOf(holes), List.copyOf(problems));
    }

    /** The text with every hole filled. */
    public String filled(Function<AnswerValue, String> words) {
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (Hole hole : holes) {
            out.append(text, done, hole.from()).append(words.apply(hole.value()));
            done = hole.to();
        }
        return out.append(text.substring(done)).toString();
    }

    /** A hole as it is written. */
    public String written(Hole hole) {
        return text.substring(hole.from(), hole.to());
    }
}
