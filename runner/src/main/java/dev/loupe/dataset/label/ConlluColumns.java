package dev.loupe.dataset.label;

import dev.loupe.dataset.rows.Sources;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Gold columns of a CoNLL-U file, on the last piece of each word. */
@Named("conllu")
@Doc(
        "Columns of a CoNLL-U file whose text the dataset reads. The last token of a word has its value, and the tokens before "
                + "it in the word count neither way. No model sees what the columns depend on to the right, so they count as decided by "
                + "later text.")
@Example("{conllu: [upos, deprel], features: [Number, Tense]}")
public record ConlluColumns(
        @Doc("Which columns; `[]` for features alone.") @OneOrMany
        List<Column> conllu,

        @Default("[]")
        @OneOrMany
        @Doc(
                "Features by their names, such as `Number`, of the columns FEATS and MISC: the label `Number.Plur`. A word without the "
                        + "feature has none of its values.")
        List<String> features)
        implements Labeller {
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
        @Doc("The universal part of speech; other values as the file has them.")
        UPOS(ConlluColumns.UPOS),
        @Doc("The part of speech of the treebank's own language.")
        XPOS(List.of()),
        @Doc("The universal dependency relation, without its subtype; other values as the file has them.")
        DEPREL(ConlluColumns.DEPREL);

        private final List<String> values;

        Column(List<String> values) {
            this.values = values;
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The universal values, in their order; a treebank may have others, as those of the first version have. */
        List<String> universal() {
            return values;
        }

        /** A value as the label has it; null where it is none. */
        @Nullable
        String of(String written) {
            String value = this == DEPREL ? written.replaceFirst(":.*", "") : written;
            String lower = value.toLowerCase(Locale.ROOT);
            return value.equals("_") ? null : this == DEPREL && values.contains(lower) ? lower : value;
        }
    }

    public ConlluColumns {
        conllu = List.copyOf(conllu);
        features = List.copyOf(features);
        if (conllu.isEmpty() && features.isEmpty()) {
            throw new IllegalArgumentException("name at least one column, or one of `features`");
        }
    }

    @Override
    public Marker marker(Sources sources) {
        return new ConlluMarker(this);
    }
}
