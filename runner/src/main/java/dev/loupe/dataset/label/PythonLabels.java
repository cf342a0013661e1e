package dev.loupe.dataset.label;

import dev.loupe.dataset.rows.Sources;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import java.util.Locale;

/** Labels of Python source. */
@Named("python")
@Doc("Labels of Python source.")
@Example("{python: [string, comment, indent, colon]}")
public record PythonLabels(@Doc("Which labels.") @OneOrMany List<Kind> python) implements Labeller, Marker {
    /** The labels. */
    public enum Kind {
        @Doc("A keyword.")
        KEYWORD,
        @Doc("A string, with its quotation marks.")
        STRING,
        @Doc("A comment.")
        COMMENT,
        @Doc("The name of a function or class where it is defined.")
        NAME_DEF,
        @Doc("A parameter where it is declared.")
        PARAMETER,
        @Doc("How often a name occurred before in the document, up to 7.")
        NAME_USE,
        @Doc("How many blocks a line is indented, up to 7.")
        INDENT,
        @Doc("What a colon does: block, dict, slice, annotation or lambda.")
        COLON,
        @Doc("What a comma separates: call, tuple, list, dict, subscript or parameter.")
        COMMA;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public PythonLabels {
        python = List.copyOf(python);
    }

    @Override
    public Marker marker(Sources sources) {
        return this;
    }

    @Override
    public List<LabelKind> kinds() {
        return python.stream()
                .map(kind -> switch (kind) {
                    case NAME_USE, INDENT -> LabelKind.ordinal(kind.label());
                    case COLON -> LabelKind.category(kind.label(), PythonReader.COLONS);
                    case COMMA -> LabelKind.category(kind.label(), PythonReader.COMMAS);
                    default -> LabelKind.flag(kind.label());
                })
                .toList();
    }

    @Override
    public void mark(Marks marks) {
        List<String> wanted = python.stream().map(Kind::label).toList();
        new PythonReader((label, token, value) -> {
                    if (wanted.contains(label)) {
                        marks.value(label, token.start(), token.end(), value);
                    }
                })
                .read(PythonScanner.scan(marks.text()));
    }
}
