package dev.loupe.dataset.prompt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words that slots of a template take, and the forms of a word where it has several.
 *
 * @param words by slot; for a slot with forms all forms of all words
 * @param forms by slot, the forms of each word, such as {@code [key, keys]}
 */
record Slots(Map<String, List<String>> words, Map<String, List<List<String>>> forms) {
    /** {@code {is|are:N}}: one of several texts, by the form of a slot's word. */
    private static final Pattern CHOICE = Pattern.compile("\\{([^{}:]*\\|[^{}:]*):([^{}:]*)}");

    /** @throws IllegalArgumentException where a slot is named in both, or its words have unequally many forms */
    static Slots of(Map<String, List<String>> plain, Map<String, List<List<String>>> forms) {
        Map<String, List<String>> words = new LinkedHashMap<>(plain);
        forms.forEach((slot, each) -> {
            if (plain.containsKey(slot)) {
                throw new IllegalArgumentException("slot `" + slot + "` is in `slots` and in `forms`: name it in one");
            }
            Set<Integer> counts = new HashSet<>();
            each.forEach(word -> counts.add(word.size()));
            if (counts.size() != 1 || counts.contains(0) || counts.contains(1)) {
                throw new IllegalArgumentException(
                        "every word of slot `" + slot + "` in `forms` needs the same number of forms, at least two");
            }
            List<String> all = new ArrayList<>();
            each.forEach(all::addAll);
            words.put(slot, all);
        });
        return new Slots(words, forms);
    }

    /** Which form of its word a slot has; -1 where its words have no forms. */
    private int form(String slot, String word) {
        for (List<String> each : forms.getOrDefault(slot, List.of())) {
            if (each.contains(word)) {
                return each.indexOf(word);
            }
        }
        return -1;
    }

    /** The same word in its next form; the first after the last. */
    String other(String slot, String word) {
        for (List<String> each : forms.getOrDefault(slot, List.of())) {
            if (each.contains(word)) {
                return each.get((each.indexOf(word) + 1) % each.size());
            }
        }
        throw new IllegalStateException("slot " + slot + " has no forms");
    }

    /** A continuation with its choices made. */
    String chosen(String text, Map<String, String> drawn) {
        return CHOICE.matcher(text).replaceAll(choice -> {
            String slot = choice.group(2);
            int form = form(slot, String.valueOf(drawn.get(slot)));
            return Matcher.quoteReplacement(choice.group(1).split("\\|", -1)[form]);
        });
    }

    /**
     * The text without its choices, after a check of each.
     *
     * @throws IllegalArgumentException where a choice names a slot without forms, or has too few texts
     */
    String withoutChoices(String text) {
        Matcher choice = CHOICE.matcher(text);
        while (choice.find()) {
            List<List<String>> own = forms.get(choice.group(2));
            if (own == null) {
                throw new IllegalArgumentException(
                        choice.group() + " chooses by slot `" + choice.group(2) + "`, which has no `forms`");
            }
            int texts = choice.group(1).split("\\|", -1).length;
            if (texts != own.get(0).size()) {
                throw new IllegalArgumentException(choice.group() + " has " + texts + " texts, but words of slot `"
                        + choice.group(2) + "` have " + own.get(0).size() + " forms");
            }
        }
        return CHOICE.matcher(text).replaceAll("chosen");
    }
}
