package dev.loupe.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A text that was read.
 *
 * @param label which it is: {@code clean}
 * @param tokens the visible text of each position
 * @param names positions by what they are called: {@code END}, {@code S2}
 */
public record Prompt(String label, List<String> tokens, Map<String, Integer> names) {
    public Prompt {
        tokens = List.copyOf(tokens);
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
    }
}
