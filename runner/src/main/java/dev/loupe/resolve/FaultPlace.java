package dev.loupe.resolve;

import dev.loupe.schema.Bound;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.shape.Reference;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a spec says the value that a message is about. What only planning finds wrong is known by its value alone
 * ({@code L7H0 does not exist}), and that value may stand in the measurement, or in any part that the measurement names.
 */
final class FaultPlace {
    /** After it a message says what there is instead. */
    private static final Pattern ADVICE = Pattern.compile("[:;] ");

    /** Components and ends of ranges inside a longer word: {@code L9H6} of {@code L9H6.q}. */
    private static final Pattern PIECE = Pattern.compile("L[0-9]+[HN][0-9]+|(?<=^|\\.\\.)[0-9]+(?=\\.\\.|$)");

    private static final int LONGEST = 200;

    private final YamlTree tree;
    private final Set<SourceLocation> names = new HashSet<>();

    FaultPlace(Bound<?> bound) {
        tree = bound.origin().tree();
        // Names were checked by themselves: none of them is what planning finds wrong.
        for (Reference reference : bound.origin().references()) {
            names.add(bound.at(reference.path()));
        }
    }

    /** One word of a spec. */
    private record Word(SourceLocation mark, String text) {}

    /**
     * The place of the first value that a message names; where it names none, of the first key.
     *
     * @param parts paths of a section and a name or number, in the order in which they are searched
     * @return null where the message names nothing that was written there
     */
    @Nullable
    SourceLocation of(String message, List<String> parts) {
        return of(message, parts, true);
    }

    /** The same of values alone: a key may be named by chance. */
    @Nullable
    SourceLocation ofValue(String message, List<String> parts) {
        return of(message, parts, false);
    }

    private @Nullable SourceLocation of(String message, List<String> parts, boolean withKeys) {
        Matcher advice = ADVICE.matcher(message);
        String said = advice.find() ? message.substring(0, advice.start()) : message;
        List<Word> values = new ArrayList<>();
        List<Word> keys = new ArrayList<>();
        for (String part : parts) {
            YamlTree written = at(part);
            if (written != null) {
                gather(written, values, keys);
            }
        }
        SourceLocation value = first(said, values);
        return value != null || !withKeys ? value : first(said, keys);
    }

    private @Nullable YamlTree at(String part) {
        int dot = part.indexOf('.');
        String name = part.substring(dot + 1);
        YamlTree section = tree instanceof YamlMap map ? map.get(part.substring(0, Math.max(dot, 0))) : null;
        if (section instanceof YamlMap map && map.has(name)) {
            return map.get(name);
        }
        if (section instanceof YamlList list && name.matches("[0-9]{1,6}")) {
            return list.items().get(Integer.parseInt(name));
        }
        return name.equals("default") ? section : null;
    }

    private static void gather(YamlTree tree, List<Word> values, List<Word> keys) {
        if (tree instanceof YamlMap map) {
            for (YamlMap.Entry entry : map.entries().values()) {
                keys.add(new Word(entry.mark(), entry.key()));
                gather(entry.value(), values, keys);
            }
        } else if (tree instanceof YamlList list) {
            list.items().forEach(item -> gather(item, values, keys));
        } else if (tree instanceof YamlScalar scalar && !scalar.isNull()) {
            values.add(new Word(scalar.mark(), scalar.text()));
            Matcher pieces = PIECE.matcher(scalar.text());
            while (pieces.find()) {
                values.add(new Word(scalar.mark(), pieces.group()));
            }
        }
    }

    private @Nullable SourceLocation first(String said, List<Word> words) {
        int earliest = Integer.MAX_VALUE;
        SourceLocation place = null;
        for (Word word : words) {
            if (word.text().isBlank() || word.text().length() > LONGEST || names.contains(word.mark())) {
                continue;
            }
            Matcher found = Pattern.compile("(?<![\\w.@-])" + Pattern.quote(word.text()) + "(?![\\w@-])(?!\\.\\w)")
                    .matcher(said);
            if (found.find() && found.start() < earliest) {
                earliest = found.start();
                place = word.mark();
            }
        }
        return place;
    }
}
