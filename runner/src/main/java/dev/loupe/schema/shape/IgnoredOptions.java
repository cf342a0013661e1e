package dev.loupe.schema.shape;

import dev.loupe.schema.annotation.OnlyWith;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Options of one record that another option takes the effect from, see {@link OnlyWith}. */
final class IgnoredOptions {
    private final Map<String, RecordPart> parts;

    IgnoredOptions(Map<String, RecordPart> parts) {
        this.parts = parts;
    }

    /** Notes what is written without effect. */
    void refuse(YamlMap map, Binding binding) {
        for (RecordPart part : parts.values()) {
            YamlMap.Entry entry = map.entries().get(part.key());
            OnlyWith needs = part.needs();
            if (entry != null && !entry.value().isNull() && needs != null && !met(needs, map)) {
                binding.unknown(entry.mark(), "ignored-key", "`" + part.key() + "` has no effect here: " + told(needs));
            }
        }
    }

    /** Whether an option has an effect beside the others. */
    boolean effective(RecordPart part, YamlMap map) {
        OnlyWith needs = part.needs();
        return needs == null || met(needs, map);
    }

    private boolean met(OnlyWith needs, YamlMap map) {
        RecordPart other = parts.get(needs.value());
        if (other == null) {
            throw new IllegalStateException("there is no option " + needs.value() + " to depend on");
        }
        YamlTree written = map.get(needs.value());
        if (written == null && needs.words().length > 0 && other.defaultYaml() != null) {
            written = other.defaultTree(map.mark());
        }
        return needs.words().length == 0
                ? written != null && !empty(written)
                : words(written).stream().anyMatch(Arrays.asList(needs.words())::contains)
                        || misspelled(written, needs, other);
    }

    /** Whether a word stands there that is none, and has been told: what was meant by it may give the option its effect. */
    private static boolean misspelled(@Nullable YamlTree written, OnlyWith needs, RecordPart other) {
        if (written instanceof YamlList list) {
            return list.items().stream().anyMatch(item -> misspelled(item, needs, other) && near(item, needs));
        }
        return written instanceof YamlScalar && !other.shape().fits(written);
    }

    private static boolean near(YamlTree word, OnlyWith needs) {
        return word instanceof YamlScalar scalar && DidYouMean.to(scalar.text(), Arrays.asList(needs.words())) != null;
    }

    private static boolean empty(YamlTree tree) {
        return tree.isNull()
                || (tree instanceof YamlMap map && map.entries().isEmpty())
                || (tree instanceof YamlList list && list.items().isEmpty());
    }

    private static List<String> words(@Nullable YamlTree tree) {
        if (tree instanceof YamlList list) {
            return list.items().stream().flatMap(item -> words(item).stream()).toList();
        }
        return tree instanceof YamlScalar scalar ? List.of(scalar.text()) : List.of();
    }

    private static String told(OnlyWith needs) {
        String words = Arrays.stream(needs.words())
                .map(word -> "`" + needs.value() + ": " + word + "`")
                .collect(Collectors.joining(" or "));
        return "it has an effect only with " + (words.isEmpty() ? "`" + needs.value() + "`" : words) + "; leave it out";
    }
}
