package dev.loupe.report.section;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands on a page once, and elsewhere is pointed to: example rows that several figures read, and long explanations of
 * measurements of one kind.
 */
public final class OncePerPage {
    /** A paragraph of as many characters is long. */
    private static final int LONG = 400;

    private final Map<List<PromptLine>, String> rows = new HashMap<>();
    private final Map<String, String> paragraphs = new HashMap<>();

    /** A section as a reader meets it, after all sections that were given before. */
    public @Nullable Section next(@Nullable Section section) {
        if (section instanceof FigureSection figure) {
            return once(figure);
        }
        if (section instanceof GroupSection group) {
            return members(group.saying(explained(group.about(), group.id())));
        }
        return section;
    }

    private GroupSection members(GroupSection group) {
        List<List<PromptLine>> read = group.members().stream()
                .map(member -> member instanceof FigureSection figure ? figure.prompts() : List.<PromptLine>of())
                .distinct()
                .toList();
        GroupSection shown = group;
        if (read.size() == 1 && !read.get(0).isEmpty()) {
            String first = rows.putIfAbsent(read.get(0), group.id());
            shown = group.reading(first == null ? read.get(0) : List.of(), first == null ? "" : first);
        }
        return shown.with(shown.members().stream()
                .map(member -> member instanceof FigureSection figure ? once(figure) : member)
                .toList());
    }

    private FigureSection once(FigureSection figure) {
        FigureSection told = figure.saying(explained(figure.about(), figure.id()));
        if (told.prompts().isEmpty()) {
            return told;
        }
        String first = rows.putIfAbsent(told.prompts(), told.id());
        return first == null ? told : told.reading(List.of(), first);
    }

    /** @param id of the section whose paragraphs these are */
    private List<String> explained(List<String> about, String id) {
        return about.stream()
                .map(paragraph -> {
                    String first = paragraph.length() < LONG ? null : paragraphs.putIfAbsent(paragraph, id);
                    return first == null || first.equals(id)
                            ? paragraph
                            : "What the numbers mean is said [where they occur first](#" + first + ").";
                })
                .toList();
    }
}
