package dev.loupe.schema.yaml;

import dev.loupe.schema.problem.SourceLocation;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Measures a tree whose parts may be shared, in time bounded by the limits themselves. */
public final class TreeSize {

    private record Step(YamlTree tree, int level) {}

    private TreeSize() {}

    /** Where a tree exceeds the limits of levels or nodes, shared nodes counted at each use; null where it does not. */
    public static @Nullable SourceLocation excess(YamlTree root) {
        Deque<Step> open = new ArrayDeque<>();
        open.push(new Step(root, 1));
        int nodes = 0;
        while (!open.isEmpty()) {
            Step step = open.pop();
            if (++nodes > TreeBuilder.MOST_NODES || step.level() > TreeBuilder.MOST_LEVELS + 1) {
                return step.tree().mark();
            }
            if (step.tree() instanceof YamlMap map) {
                map.entries().values().forEach(entry -> open.push(new Step(entry.value(), step.level() + 1)));
            } else if (step.tree() instanceof YamlList list) {
                list.items().forEach(item -> open.push(new Step(item, step.level() + 1)));
            }
        }
        return null;
    }
}
