package dev.loupe.report.section;

import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.TemplateModelException;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The first panel of a page as a small picture for an overview of many: drawn the same, without hints and data. */
public final class Thumbnail {
    /** A larger panel would make the overview heavy. */
    private static final int MOST_CHARACTERS = 16_000;

    private static final Pattern HINTS =
            Pattern.compile("<title>[^<]*</title>| (?:data-[a-z-]+|role|aria-label|tabindex)=\"[^\"]*\"");
    private static final Pattern SIZE =
            Pattern.compile("^<svg class=\"([^\"]*)\"(.*?) width=\"[^\"]*\" height=\"[^\"]*\"");

    private Thumbnail() {}

    /** The first panel of a section that is small enough; null where there is none, such as on a page of numbers alone. */
    public static @Nullable TemplateHTMLOutputModel of(@Nullable Section key, List<Section> others) {
        return Stream.concat(Stream.ofNullable(key), others.stream())
                .flatMap(Thumbnail::figures)
                .flatMap(figure -> figure.panels().stream())
                .map(panel -> small(panel.svg()))
                .filter(svg -> svg.length() < MOST_CHARACTERS)
                .findFirst()
                .map(Markup::svg)
                .orElse(null);
    }

    private static Stream<FigureSection> figures(Section section) {
        return section instanceof FigureSection figure
                ? Stream.of(figure)
                : section instanceof GroupSection group
                        ? group.members().stream().flatMap(Thumbnail::figures)
                        : Stream.empty();
    }

    private static String small(TemplateHTMLOutputModel svg) {
        try {
            String markup = Objects.requireNonNull(svg.getOutputFormat().getMarkupString(svg));
            return SIZE.matcher(HINTS.matcher(markup).replaceAll(""))
                    .replaceFirst("<svg class=\"$1\" aria-hidden=\"true\"$2");
        } catch (TemplateModelException e) {
            throw new IllegalStateException("a drawing is not markup", e);
        }
    }
}
