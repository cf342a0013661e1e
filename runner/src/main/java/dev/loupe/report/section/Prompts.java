package dev.loupe.report.section;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Example rows: each stands on a page once, and other figures of the same rows point to it. */
public final class Prompts {
    private final Map<List<PromptLine>, String> shown = new HashMap<>();

    /** A section as a reader meets it, after all sections that were given before. */
    public @Nullable Section next(@Nullable Section section) {
        if (section instanceof FigureSection figure) {
            return once(figure, figure.id());
        }
        if (section instanceof GroupSection group) {
            List<List<PromptLine>> read = group.members().stream()
                    .map(member -> member instanceof FigureSection figure ? figure.prompts() : List.<PromptLine>of())
                    .distinct()
                    .toList();
            if (read.size() == 1 && !read.get(0).isEmpty()) {
                String first = shown.putIfAbsent(read.get(0), group.id());
                return group.reading(first == null ? read.get(0) : List.of(), first == null ? "" : first);
            }
            return group.with(group.members().stream()
                    .map(member -> member instanceof FigureSection figure ? once(figure, figure.id()) : member)
                    .toList());
        }
        return section;
    }

    private FigureSection once(FigureSection figure, String id) {
        if (figure.prompts().isEmpty()) {
            return figure;
        }
        String first = shown.putIfAbsent(figure.prompts(), id);
        return first == null ? figure : figure.reading(List.of(), first);
    }
}
