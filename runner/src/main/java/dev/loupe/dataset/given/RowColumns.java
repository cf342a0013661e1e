package dev.loupe.dataset.given;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.dataset.label.ColumnLabels;
import dev.loupe.dataset.label.GoldSpan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a file make a document: its text, its words, and what the others say of them.
 *
 * @param text the column of the text; null where the text is the words, joined by spaces
 * @param words the column of its words; null where it has none
 * @param labels what further columns say
 */
record RowColumns(@Nullable String text, @Nullable String words, List<ColumnLabels> labels) {
    RowColumns {
        labels = List.copyOf(labels);
    }

    /** The column whose null is a row without a text. */
    String first() {
        return text != null ? text : Objects.requireNonNull(words);
    }

    /** Columns of anything but the text. */
    Set<String> others() {
        Set<String> names = new LinkedHashSet<>();
        if (words != null) {
            names.add(words);
        }
        labels.forEach(label -> names.add(label.column()));
        return names;
    }

    /**
     * A row's document.
     *
     * @param own its text, where a column holds it
     * @return null where the row has a fault
     */
    @Nullable
    Document document(@Nullable String own, DataRow row, int register) {
        List<String> each = words == null ? List.of() : words(row.cell(words), row::fault);
        String whole = own != null ? own : String.join(" ", each);
        List<int[]> places = WordPlaces.of(whole, each, row::fault);
        List<GoldSpan> gold = new ArrayList<>();
        for (ColumnLabels label : labels) {
            JsonNode cell = row.cell(label.column());
            if (cell.isMissingNode()) {
                row.fault("has no `" + label.column() + "`: write null where a document has no label");
            } else if (!row.faulty() || label.per() != ColumnLabels.Per.WORD) {
                gold.addAll(label.read(cell, whole, places, row.names(label.column()), row::fault));
            }
        }
        return row.faulty() ? null : new Document(whole, register, gold);
    }

    private List<String> words(JsonNode cell, Consumer<String> fault) {
        List<String> each = new ArrayList<>();
        boolean fits = cell.isArray();
        for (JsonNode word : cell) {
            fits &= word.isTextual();
            each.add(word.asText());
        }
        if (!fits) {
            fault.accept("has no list of words in `" + words + "`, which `words` names");
            return List.of();
        }
        return each;
    }
}
