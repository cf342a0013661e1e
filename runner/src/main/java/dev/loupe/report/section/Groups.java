package dev.loupe.report.section;

import dev.loupe.report.chart.Scene;
import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.draw.Titles;
import dev.loupe.result.Artifact;
import dev.loupe.result.Quantity;
import dev.loupe.text.Count;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.TemplateModelException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes one section of what belongs together: a figure, or several side by side. */
final class Groups {
    private static final int WIDTH = 1000;
    private static final int GAP = 24;
    private static final int MOST_COLUMNS = 4;
    private static final int LONGEST_HEADING = 70;
    private static final Pattern LITTLE_WORD = Pattern.compile(
            "(?:The|A|An|Its|Their|Another|Other|One|On|In|Of|At|With|Without|What|Where|Which|How|Whether) ");

    private final List<Artifact> all;
    private final Function<String, String> ids;
    private final Function<Artifact, Section> others;
    private final PageDetail detail;

    /**
     * @param ids the address of an artifact by its name
     * @param others makes the section of an artifact that is no quantity
     */
    Groups(List<Artifact> all, Function<String, String> ids, Function<Artifact, Section> others, PageDetail detail) {
        this.all = all;
        this.ids = ids;
        this.others = others;
        this.detail = detail;
    }

    Section section(List<Artifact> group) {
        List<Titles> titles = group.stream()
                .map(artifact -> Titles.of(artifact.name(), artifact.title()))
                .toList();
        int columns = columns(titles);
        List<Section> members = members(group, columns);
        if (members.size() == 1) {
            return members.get(0);
        }
        List<FigureSection> figures = members.stream()
                .filter(FigureSection.class::isInstance)
                .map(FigureSection.class::cast)
                .toList();
        boolean plain = figures.size() == members.size();
        int widest = figures.stream().mapToInt(FigureSection::width).max().orElse(WIDTH);
        GroupSection whole = new GroupSection(
                "q-" + titles.get(0).measurement().replaceAll("[^A-Za-z0-9]+", "-"),
                heading(titles),
                plain ? About.common(figures.stream().map(FigureSection::about).toList()) : List.of(),
                List.of(),
                "",
                plain ? Math.max(1, Math.min(columns, (WIDTH + 2 * GAP) / (Math.max(1, widest) + GAP))) : 1,
                plain ? legend(figures) : null,
                List.of(),
                plain
                        ? About.common(
                                figures.stream().map(FigureSection::caption).toList())
                        : List.of());
        boolean one = titles.stream().map(Titles::measurement).distinct().count() == 1;
        List<Section> shown = new ArrayList<>();
        for (Section member : members) {
            if (member instanceof FigureSection figure) {
                String part = Titles.of(figure.name(), figure.title()).part();
                shown.add(figure.within(one && !part.isEmpty() ? part : figure.title(), whole));
            } else {
                shown.add(member);
            }
        }
        return whole.with(shown);
    }

    /** The parts of one measurement stand in one row, and so do measurements without parts. */
    private static int columns(List<Titles> titles) {
        Map<String, Integer> parts = new HashMap<>();
        titles.forEach(title -> parts.merge(title.measurement(), 1, Integer::sum));
        int most = Collections.max(parts.values());
        return Math.min(MOST_COLUMNS, most > 1 ? most : titles.size());
    }

    /** "Binary features and Uniform features": what is compared. */
    private static String heading(List<Titles> titles) {
        List<String> names = titles.stream().map(Titles::base).distinct().toList();
        return switch (names.size()) {
            case 1 -> names.get(0);
            case 2 -> names.get(0) + " and " + within(names.get(1));
            default -> listed(names);
        };
    }

    /** A title inside a sentence: "The same" goes on as "the same", a name stays as it is. */
    private static String within(String title) {
        return LITTLE_WORD.matcher(title).lookingAt()
                ? Character.toLowerCase(title.charAt(0)) + title.substring(1)
                : title;
    }

    /** All names where they fit on a line, else how many there are. */
    private static String listed(List<String> names) {
        String all = Count.list(IntStream.range(0, names.size())
                .mapToObj(i -> i == 0 ? names.get(i) : within(names.get(i)))
                .toList());
        return all.length() <= LONGEST_HEADING ? all : names.get(0) + " and " + (names.size() - 1) + " more";
    }

    private List<Section> members(List<Artifact> group, int columns) {
        List<Quantity> quantities = new ArrayList<>();
        group.stream()
                .filter(Quantity.class::isInstance)
                .map(Quantity.class::cast)
                .forEach(quantities::add);
        Optional<FigureSection> labels = LabelSearchSection.of(quantities, ids);
        if (labels.isPresent() && quantities.size() == group.size()) {
            return List.of(labels.get());
        }
        Optional<FigureSection> roles = RoleLists.of(quantities, ids);
        if (roles.isPresent() && quantities.size() == group.size()) {
            return List.of(roles.get());
        }
        List<Section> members = new ArrayList<>();
        EstimateAgainstExact.of(quantities)
                .ifPresent(points -> members.add(
                        new FigureSection.Kind(Scene.TWICE).section(points, ids.apply(points.name()), detail)));
        FigureSection.Kind figures = new FigureSection.Kind(new Scene(all, quantities, columns));
        Overlays.of(quantities)
                .forEach((drawn, shown) -> members.add(figures.section(drawn, ids.apply(drawn.name()), detail)
                        .under(shown.stream()
                                .skip(1)
                                .map(quantity -> ids.apply(quantity.name()))
                                .toList())));
        group.stream()
                .filter(artifact -> !(artifact instanceof Quantity))
                .map(others)
                .forEach(members::add);
        return members;
    }

    /** The legend of all, null where they differ. */
    private static @Nullable TemplateHTMLOutputModel legend(List<FigureSection> figures) {
        TemplateHTMLOutputModel first = figures.get(0).legend();
        for (FigureSection figure : figures) {
            if (first == null || !markup(first).equals(markup(figure.legend()))) {
                return null;
            }
        }
        return first;
    }

    private static String markup(@Nullable TemplateHTMLOutputModel model) {
        try {
            return model == null ? "" : model.getOutputFormat().getMarkupString(model);
        } catch (TemplateModelException e) {
            throw new UncheckedIOException(new java.io.IOException("markup could not be read", e));
        }
    }
}
