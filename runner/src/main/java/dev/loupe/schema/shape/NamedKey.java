package dev.loupe.schema.shape;

import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.yaml.YamlMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Where to point for what a record says of the values in its mapping: to the first key that the message names. */
final class NamedKey {
    /** A word in backticks, or what stands before the colon there: {@code `answers: sum`}. */
    private static final Pattern QUOTED = Pattern.compile("`([^`:]+)(: [^`]*)?`");

    private NamedKey() {}

    /** The place of that key; of the whole mapping where the message names none that is written. */
    static SourceLocation in(YamlMap map, String message) {
        return QUOTED.matcher(message)
                .results()
                .map((MatchResult found) -> map.entries().get(found.group(1)))
                .filter(entry -> entry != null)
                .findFirst()
                .map(YamlMap.Entry::mark)
                .orElse(map.mark());
    }
}
