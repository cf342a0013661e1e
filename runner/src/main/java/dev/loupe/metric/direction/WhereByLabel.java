package dev.loupe.metric.direction;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Labels by axis, in which <code>{NAME}</code> stands for the value that a label of the dataset has at a position. */
record WhereByLabel(Map<String, String> where) {
    private static final Pattern NAME = Pattern.compile("\\{([^{}]+)}");

    /**
     * The label of the dataset that is named; null where there is none.
     *
     * @throws IllegalArgumentException where there are several
     */
    @Nullable
    String label() {
        List<String> named = where.values().stream()
                .flatMap(label -> NAME.matcher(label).results().map(found -> found.group(1)))
                .distinct()
                .toList();
        if (named.size() > 1) {
            throw new IllegalArgumentException("`where` names several labels of the dataset ("
                    + String.join(", ", named) + "), but a direction depends on one");
        }
        return named.isEmpty() ? null : named.get(0);
    }

    /** The same with the value of that label in its place. */
    Map<String, String> with(String value) {
        return where.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> NAME.matcher(entry.getValue()).replaceAll(Matcher.quoteReplacement(value)),
                        (first, second) -> first,
                        LinkedHashMap::new));
    }
}
