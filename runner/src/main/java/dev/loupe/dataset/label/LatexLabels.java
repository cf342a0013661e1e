package dev.loupe.dataset.label;

import dev.loupe.dataset.rows.Sources;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import java.util.Locale;

/** Labels of LaTeX source. */
@Named("latex")
@Doc("Labels of LaTeX source.")
@Example("{latex: [math, open-left, environment-depth]}")
public record LatexLabels(@Doc("Which labels.") @OneOrMany List<Kind> latex) implements Labeller, Marker {
    /** The labels. */
    public enum Kind {
        @Doc("The name of a command, with its backslash.")
        COMMAND,
        @Doc("Inside mathematics: inline or display.")
        MATH,
        @Doc("How many environments are open, up to 7.")
        ENVIRONMENT_DEPTH,
        @Doc("How many times left was written without its right, up to 7.")
        OPEN_LEFT,
        @Doc("Inside the argument of a section command.")
        SECTION,
        @Doc("Inside the argument of a citation command.")
        CITATION,
        @Doc("A comment.")
        COMMENT;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public LatexLabels {
        latex = List.copyOf(latex);
    }

    @Override
    public Marker marker(Sources sources) {
        return this;
    }

    @Override
    public List<LabelKind> kinds() {
        return latex.stream()
                .map(kind -> switch (kind) {
                    case ENVIRONMENT_DEPTH, OPEN_LEFT -> LabelKind.ordinal(kind.label());
                    case MATH -> LabelKind.category(kind.label(), LatexReader.MATH);
                    default -> LabelKind.flag(kind.label());
                })
                .toList();
    }

    @Override
    public void mark(Marks marks) {
        List<String> wanted = latex.stream().map(Kind::label).toList();
        new LatexReader((label, start, end, value) -> {
                    if (wanted.contains(label)) {
                        marks.value(label, start, end, value);
                    }
                })
                .read(marks.text());
    }
}
