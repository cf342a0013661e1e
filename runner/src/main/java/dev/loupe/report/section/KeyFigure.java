package dev.loupe.report.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figure that carries the answer: it is taken from its place to stand before the claims. */
public final class KeyFigure {
    /** So many figures of one question are not taken apart. */
    private static final int TOGETHER = 3;

    private KeyFigure() {}

    /**
     * The figure of this name, alone where it stands among others; else the first that is drawn.
     *
     * @param sections loses the figure
     * @param name of the artifact, null where the run names none
     * @param addresses of all artifacts
     */
    public static @Nullable Section take(List<Section> sections, @Nullable String name, Map<String, String> addresses) {
        String address = name == null ? null : addresses.get(name);
        for (int i = 0; address != null && i < sections.size(); i++) {
            Section section = sections.get(i);
            if (section.id().equals(address)
                    || section instanceof PathSection graph
                            && graph.key()
                            && graph.first().equals(name)
                    || section instanceof NumbersSection numbers && numbers.shows(address)) {
                return sections.remove(i);
            }
            if (section instanceof GroupSection group) {
                Section member = group.member(address);
                if (member != null && group.members().size() <= TOGETHER) {
                    return sections.remove(i);
                }
                if (member != null) {
                    List<Section> rest = new ArrayList<>(group.members());
                    rest.remove(member);
                    sections.set(i, group.with(rest));
                    return group.alone(member);
                }
            }
        }
        for (int i = 0; i < sections.size(); i++) {
            if (sections.get(i) instanceof FigureSection figure
                            && !figure.panels().isEmpty()
                    || sections.get(i) instanceof GroupSection) {
                return sections.remove(i);
            }
        }
        return null;
    }
}
