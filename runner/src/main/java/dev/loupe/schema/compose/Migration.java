package dev.loupe.schema.compose;

import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.yaml.YamlLoader;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlTree;
import dev.loupe.text.ByteOrderMark;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text of a document with today's keys in place of former ones. Only these keys change: comments, order, line ends and
 * everything else stay as they are written.
 *
 * @param text the new text
 * @param keys how many keys changed
 */
public record Migration(String text, int keys) {

    /**
     * @param file the file's name in problems
     * @param problems takes what makes it impossible
     * @return null where problems were noted
     */
    public static @Nullable Migration of(String text, String file, FormerKeys former, Problems problems) {
        YamlTree tree = YamlLoader.parse(text, file, problems);
        if (tree == null || !problems.isEmpty()) {
            return null;
        }
        if (!(tree instanceof YamlMap map)) {
            problems.add(tree.mark(), "wrong-type", "expected a mapping, found " + tree.describe());
            return null;
        }
        FormerKeys.Renamed renamed = former.rename(map);
        // What an anchor names is written once and may be used often.
        Set<FormerKeys.Use> places = new LinkedHashSet<>(renamed.uses());
        Lines lines = new Lines(text);
        StringBuilder changed = new StringBuilder(text);
        List<FormerKeys.Use> fromTheEnd = new ArrayList<>(places);
        fromTheEnd.sort(Comparator.comparing(FormerKeys.Use::mark).reversed());
        for (FormerKeys.Use use : fromTheEnd) {
            int at = lines.index(use.mark());
            String written = writtenAt(text, at, use.from());
            if (written == null) {
                cannot(use.mark(), use, problems);
                return null;
            }
            changed.replace(at, at + written.length(), use.to());
        }
        if (!renamed.tree().at(tree.mark()).equals(moved(changed.toString(), file, tree.mark()))) {
            FormerKeys.Use first = fromTheEnd.get(fromTheEnd.size() - 1);
            cannot(first.mark(), first, problems);
            return null;
        }
        return new Migration(changed.toString(), places.size());
    }

    /** The key as it stands in the text, which may have quotes around it; null where something else is there. */
    private static @Nullable String writtenAt(String text, int at, String key) {
        for (String form : List.of(key, "\"" + key + "\"", "'" + key + "'")) {
            if (text.startsWith(form, at)) {
                return form;
            }
        }
        return null;
    }

    private static void cannot(SourceLocation mark, FormerKeys.Use use, Problems problems) {
        problems.add(
                mark,
                "old-key",
                "`" + use.from() + "` cannot be rewritten as `" + use.to() + "` here; rename it by hand");
    }

    private static @Nullable YamlTree moved(String text, String file, SourceLocation mark) {
        YamlTree tree = YamlLoader.parse(text, file, new Problems());
        return tree == null ? null : tree.at(mark);
    }

    /** Where the lines of a text begin. */
    private static final class Lines {
        private final String text;
        private final List<Integer> starts = new ArrayList<>();

        Lines(String text) {
            this.text = text;
            starts.add(ByteOrderMark.begins(text) ? 1 : 0);
            for (int i = 0; i < text.length(); i++) {
                boolean carriage = text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
                if (!carriage && (text.charAt(i) == '\n' || text.charAt(i) == '\r')) {
                    starts.add(i + 1);
                }
            }
        }

        int index(SourceLocation mark) {
            return text.offsetByCodePoints(starts.get(mark.line() - 1), mark.column() - 1);
        }
    }
}
