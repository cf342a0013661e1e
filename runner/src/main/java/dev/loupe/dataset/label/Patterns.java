package dev.loupe.dataset.label;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.text.Count;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Regular expressions of one's own. */
@Named("patterns")
@Doc(
        "Characters that regular expressions match, one label for each expression. `\\w`, `\\d` and `\\b` know all letters and "
                + "digits of Unicode, as Python's do. Where an expression has a group `(?<mark>...)`, only what the group holds is marked. A "
                + "match may depend on later text, so these labels count as decided by it.")
@Example("{patterns: {year: '\\b[12]\\d{3}\\b', title: '(?<mark>Dr|Prof)\\. \\p{Lu}'}}")
public record Patterns(
        @Key("patterns") @Doc("The expressions, by the name of the label.")
        Map<String, String> patterns) implements Labeller {
    /** The group that is marked where an expression has it. */
    private static final String MARK = "mark";

    public Patterns {
        patterns = Collections.unmodifiableMap(new LinkedHashMap<>(patterns));
        if (patterns.isEmpty()) {
            throw new IllegalArgumentException("`patterns` names no expression");
        }
        patterns.forEach((name, expression) -> SafePattern.of(name, expression));
    }

    @Override
    public Marker marker(Sources sources) {
        Map<String, Pattern> compiled = new LinkedHashMap<>();
        patterns.forEach((name, expression) -> compiled.put(name, SafePattern.of(name, expression)));
        return new Marker() {
            @Override
            public List<LabelKind> kinds() {
                return compiled.keySet().stream()
                        .map(name -> LabelKind.flag(name).ahead())
                        .toList();
            }

            @Override
            public void mark(Marks marks) {
                compiled.forEach((name, pattern) -> each(marks, name, pattern));
            }
        };
    }

    private static void each(Marks marks, String name, Pattern pattern) {
        boolean group = pattern.pattern().contains("(?<" + MARK + ">");
        try {
            Matcher found = pattern.matcher(new BoundedText(marks.text()));
            while (found.find()) {
                int start = group ? found.start(MARK) : found.start();
                if (start >= 0) {
                    marks.flag(name, start, group ? found.end(MARK) : found.end());
                }
            }
        } catch (BoundedText.TooLong | StackOverflowError e) {
            throw new DatasetException(
                    "labels",
                    "the pattern `" + name + "` takes too long on a text of "
                            + Count.of(marks.text().length(), "character")
                            + ": it can match the same characters in very many ways. Repetitions inside "
                            + "repetitions, such as (a+)+, do that: write a+, or make them possessive: (a++)+");
        }
    }
}
