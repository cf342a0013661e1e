package dev.loupe.dataset.label;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import dev.loupe.schema.annotation.OnlyWith;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Labels of one's own, from another column of the file that holds the text. */
@Named("column")
@Doc(
        "Labels of your own, from another column of the JSON lines or the Parquet file that the text is from: of whole documents, "
                + "of words, or of spans of characters. Each value is a label `COLUMN.VALUE`, such as `topic.sport`. Where a document "
                + "has null, its tokens neither have a value nor lack one. Whether earlier text decides such a label is not known, so "
                + "they count as decided by later text.")
@Example("{column: topic}")
public record ColumnLabels(
        @Key("column") @Doc("The column; of a nested field the names on the way to it, such as `meta.topic`.")
        String column,

        @Default("document") @Doc("What the column has a value for.")
        Per per,

        @Doc("What the label is called. Default: as the column.") @Nullable
        String name,

        @Default("label")
        @OnlyWith(value = "per", words = "span")
        @Doc("The field of a span that holds its value, beside `start` and `end`.")
        String key,

        @Default("[]")
        @Doc(
                "The names of values that the file has as numbers from 0 on, or all values that there may be. A negative number means no "
                        + "value, like null. Default: what a Parquet file of the hub says of its own column, else the values as they are.")
        List<String> names,

        @Default("false")
        @OnlyWith(value = "per", words = "word")
        @Doc("Tags such as `B-PER` and `I-PER` are the value `PER`, and `O` is none.")
        boolean bio,

        @Default("false")
        @OnlyWith(
                value = "per",
                words = {"document", "span"})
        @Doc(
                "Whether a document may have a list of values, or spans of several values may overlap. Each value is then a label "
                        + "of its own, true or false.")
        boolean several)
        implements Labeller {
    /** What has a value. */
    public enum Per {
        @Doc("Each document: a text, a whole number or true and false; with `several` a list of them.")
        DOCUMENT,
        @Doc(
                "Each word that `words` of the dataset names: a list as long as theirs. The last token of a word has its value, and "
                        + "the tokens before it in the word count neither way.")
        WORD,
        @Doc(
                "Spans of characters: a list of `{start, end, label}`, or of `[start, end, label]`, in code points of the text, as "
                        + "Python counts them; `end` is the one after the last.")
        SPAN
    }

    public ColumnLabels {
        names = List.copyOf(names);
        if (names.stream().distinct().count() < names.size() || names.contains("")) {
            throw new IllegalArgumentException("`names` has a name twice, or an empty one");
        }
        if (name != null && name.isBlank()) {
            throw new IllegalArgumentException("`name` is empty");
        }
    }

    /** What the label is called. */
    public String label() {
        return name == null ? column : name;
    }

    /**
     * What a cell of the column says of the text of its row.
     *
     * @param words where the words of the text are, in UTF-16 units
     * @param own what the file itself calls the numbers of the column, none where it does not say
     * @param fault is given what is wrong, as it follows the name of the place
     */
    public List<GoldSpan> read(
            JsonNode cell, String text, List<int[]> words, List<String> own, Consumer<String> fault) {
        CellValues values = new CellValues(this, names.isEmpty() ? own : names, fault);
        return switch (per) {
            case DOCUMENT -> values.document(cell, text);
            case WORD -> values.words(cell, words);
            case SPAN -> values.spans(cell, text);
        };
    }

    @Override
    public Marker marker(Sources sources) {
        return new GoldMarker(label(), per == Per.WORD, several, bio ? List.of() : names);
    }
}
