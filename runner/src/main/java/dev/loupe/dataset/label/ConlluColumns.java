package dev.loupe.dataset.label;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import java.util.Locale;

/** Gold columns of a CoNLL-U file, on the last piece of each word. */
@Named("conllu")
@Doc("Columns of a CoNLL-U file whose text the dataset reads, on the last token of each word. No model sees what they "
        + "depend on to the right, so they count as decided by later text.")
@Example("{conllu: [upos, deprel]}")
public record ConlluColumns(
        @Doc("Which columns.") @OneOrMany List<Column> conllu) implements Labeller, Marker {
    private static final List<String> UPOS = List.of(
            "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN", "PUNCT",
            "SCONJ", "SYM", "VERB", "X");
    private static final List<String> DEPREL = List.of(
            "acl",
            "advcl",
            "advmod",
            "amod",
            "appos",
            "aux",
            "case",
            "cc",
            "ccomp",
            "clf",
            "compound",
            "conj",
            "cop",
            "csubj",
            "dep",
            "det",
            "discourse",
            "dislocated",
            "expl",
            "fixed",
            "flat",
            "goeswith",
            "iobj",
            "list",
            "mark",
            "nmod",
            "nsubj",
            "nummod",
            "obj",
            "obl",
            "orphan",
            "parataxis",
            "punct",
            "reparandum",
            "root",
            "vocative",
            "xcomp");

    /** The columns. */
    public enum Column {
        @Doc("The universal part of speech.")
        UPOS(ConlluColumns.UPOS),
        @Doc("The universal dependency relation, without its subtype.")
        DEPREL(ConlluColumns.DEPREL);

        private final List<String> values;

        Column(List<String> values) {
            this.values = values;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public ConlluColumns {
        conllu = List.copyOf(conllu);
    }

    @Override
    public Marker marker(Sources sources) {
        return this;
    }

    @Override
    public List<LabelKind> kinds() {
        return conllu.stream()
                .map(column -> LabelKind.category(column.label(), column.values).ahead())
                .toList();
    }

    @Override
    public void mark(Marks marks) {
        if (marks.gold().isEmpty()) {
            throw new DatasetException(
                    "labels",
                    "`conllu` labels need a text from files whose names end with .conllu, which have the columns");
        }
        for (Column column : conllu) {
            for (GoldSpan span : marks.gold()) {
                int value = column.values.indexOf(span.value().replaceFirst(":.*", ""));
                if (span.column().equals(column.label()) && value >= 0) {
                    int last = marks.text().offsetByCodePoints(span.end(), -1);
                    marks.value(column.label(), last, span.end(), value);
                }
            }
        }
    }
}
