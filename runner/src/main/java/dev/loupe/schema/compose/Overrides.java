package dev.loupe.schema.compose;

import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.shape.Binding;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlLoader;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code --set path=value}: the value, parsed as YAML, replaces what stands at the path ({@code dataset.repeats.rows},
 * {@code claims.0.above}). Everything on the way must be written in the spec; the last key may be new, and whether it
 * is known shows when the spec is bound.
 */
final class Overrides {

    private static final String FILE = "--set";

    private final FormerKeys former;
    private final Problems problems;

    Overrides(FormerKeys former, Problems problems) {
        this.former = former;
        this.problems = problems;
    }

    /** Applies all; the n-th has line n of the file {@code --set}. */
    YamlMap apply(YamlMap spec, List<String> sets) {
        YamlMap changed = spec;
        for (int i = 0; i < sets.size(); i++) {
            changed = applyOne(changed, sets.get(i), i + 1);
        }
        return former.rename(changed).tree();
    }

    private YamlMap applyOne(YamlMap spec, String set, int line) {
        SourceLocation start = new SourceLocation(FILE, line, 1);
        int equals = set.indexOf('=');
        if (equals < 1) {
            problems.add(start, "bad-set", "`" + Binding.shorten(set) + "` is not path=value");
            return spec;
        }
        Problems inValue = new Problems();
        SourceLocation valueMark = new SourceLocation(FILE, line, set.codePointCount(0, equals + 1) + 1);
        String written = set.substring(equals + 1);
        YamlTree value = written.isBlank() ? YamlScalar.plain(valueMark, "") : YamlLoader.parse(written, FILE, inValue);
        inValue.sorted().forEach(p -> problems.add(valueMark, p.code(), p.message(), p.suggestion()));
        if (value == null) {
            return spec;
        }
        List<String> named = List.of(set.substring(0, equals).split("\\.", -1));
        List<String> today = former.today(named);
        if (!today.equals(named)) {
            String message = "`" + String.join(".", named) + "` is now called `" + String.join(".", today) + "`";
            problems.warn(start, "old-key", message);
        }
        String[] path = today.toArray(String[]::new);
        YamlTree changed = put(spec, path, 0, value.at(valueMark), start);
        return changed instanceof YamlMap map ? map : spec;
    }

    /** The tree with the value at the path; null where the path does not lead there. */
    private @Nullable YamlTree put(YamlTree tree, String[] path, int depth, YamlTree value, SourceLocation mark) {
        if (depth == path.length) {
            return value;
        }
        String key = path[depth];
        if (tree instanceof YamlList list) {
            return putItem(list, path, depth, value, mark);
        }
        if (!(tree instanceof YamlMap map)) {
            String where = String.join(".", List.of(path).subList(0, depth));
            String message =
                    "`" + where + "` is " + tree.describe() + ", so it has no `" + key + "`; set it as a whole";
            problems.add(mark, "unknown-path", message);
            return null;
        }
        YamlTree below = map.get(key);
        boolean last = depth == path.length - 1;
        if (below == null && !last || key.isEmpty()) {
            String message =
                    "the spec has no `" + String.join(".", List.of(path).subList(0, depth + 1)) + "`";
            problems.add(mark, "unknown-path", message, nearestPath(path, depth, map));
            return null;
        }
        YamlTree inner = last ? value : put(below == null ? map : below, path, depth + 1, value, mark);
        return inner == null ? null : map.with(new YamlMap.Entry(key, mark, inner));
    }

    private @Nullable YamlTree putItem(YamlList list, String[] path, int depth, YamlTree value, SourceLocation mark) {
        String key = path[depth];
        int index = key.matches("[0-9]{1,6}") ? Integer.parseInt(key) : -1;
        if (index < 0 || index >= list.items().size()) {
            String where = String.join(".", List.of(path).subList(0, depth));
            String message = "`" + where + "` is a list of " + list.items().size() + ", counted from 0; `" + key
                    + "` is not one of its places";
            problems.add(mark, "unknown-path", message);
            return null;
        }
        YamlTree inner = put(list.items().get(index), path, depth + 1, value, mark);
        if (inner == null) {
            return null;
        }
        List<YamlTree> items = new ArrayList<>(list.items());
        items.set(index, inner);
        return new YamlList(list.mark(), items);
    }

    private static @Nullable String nearestPath(String[] path, int depth, YamlMap map) {
        String nearest = DidYouMean.to(path[depth], map.keys());
        if (nearest == null) {
            return null;
        }
        List<String> meant = new ArrayList<>(List.of(path));
        meant.set(depth, nearest);
        return String.join(".", meant);
    }
}
