package dev.loupe.report.section;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a page says once: example rows, and long words about what numbers are. Other figures of the same rows or numbers point
 * to the first.
 */
public final class SaidOnce {
    /** Shorter words are read faster than a link is followed. */
    private static final int LONG = 400;

    private final Map<List<PromptLine>, String> rows = new HashMap<>();
    private final Map<String, String> words = new HashMap<>();

    /** A section as a reader meets it, after all sections that were given before. */
    public @Nullable Section next(@Nullable Section section) {
        if (section instanceof FigureSection figure) {
            return once(figure);
        }
        if (section instanceof GroupSection given) {
            GroupSection group = given.saying(once(given.about(), given.id()));
            List<List<PromptLine>> read = group.members().stream()
                    .map(member -> member instanceof FigureSection figure ? figure.prompts() : List.<PromptLine>of())
                    .distinct()
                    .toList();
            if (read.size() == 1 && !read.get(0).isEmpty()) {
                String first = rows.putIfAbsent(read.get(0), group.id());
                return group.reading(first == null ? read.get(0) : List.of(), first == null ? "" : first);
            }
            return group.with(group.members().stream()
                    .map(member -> member instanceof FigureSection figure ? once(figure) : member)
                    .toList());
        }
        return section;
    }

    private FigureSection once(FigureSection figure) {
        FigureSection said = figure.saying(once(figure.about(), figure.id()));
        if (figure.prompts().isEmpty()) {
            return said;
        }
        String first = rows.putIfAbsent(figure.prompts(), figure.id());
        return first == null ? said : said.reading(List.of(), first);
    }

    private List<String> once(List<String> paragraphs, String id) {
        return paragraphs.stream()
                .map(paragraph -> {
                    String first = paragraph.length() < LONG ? null : words.putIfAbsent(paragraph, id);
                    return first == null
                            ? paragraph
                            : "[What these numbers are](#" + first + ") is said at another figure of their kind.";
                })
                .toList();
    }
}
