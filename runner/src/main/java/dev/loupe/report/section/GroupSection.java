package dev.loupe.report.section;

import freemarker.core.TemplateHTMLOutputModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figures of one question side by side; what all of them say is said once.
 *
 * @param about paragraphs that all have in common
 * @param prompts one row of what all members read; none where they differ
 * @param promptsAt the address of the section that shows the same row, empty where this one does
 * @param columns how many members stand side by side where there is room
 * @param legend of the scale that all share, null where each has its own
 * @param caption sentences that all have in common
 */
public record GroupSection(
        String id,
        String title,
        List<String> about,
        List<PromptLine> prompts,
        String promptsAt,
        int columns,
        @Nullable TemplateHTMLOutputModel legend,
        List<Section> members,
        List<String> caption)
        implements Section {
    @Override
    public String partial() {
        return "group";
    }

    /** The member of an address, null where there is none. */
    @Nullable
    Section member(String address) {
        return members.stream()
                .filter(member -> member.id().equals(address))
                .findFirst()
                .orElse(null);
    }

    /** The same with an example row that stands above all members. */
    GroupSection reading(List<PromptLine> rows, String elsewhere) {
        List<Section> plain = members.stream()
                .map(member -> member instanceof FigureSection figure ? figure.reading(List.of(), "") : member)
                .toList();
        return new GroupSection(id, title, about, rows, elsewhere, columns, legend, plain, caption);
    }

    /** The same with other words about what all have in common. */
    GroupSection saying(List<String> paragraphs) {
        return new GroupSection(id, title, paragraphs, prompts, promptsAt, columns, legend, members, caption);
    }

    /** The same group of other members. */
    GroupSection with(List<Section> rest) {
        return new GroupSection(id, title, about, prompts, promptsAt, columns, legend, rest, caption);
    }

    /** A member with all that the group says for it. */
    Section alone(Section member) {
        return member instanceof FigureSection figure ? figure.outOf(this) : member;
    }

    public TemplateHTMLOutputModel doc() {
        return Markup.about(about);
    }
}
