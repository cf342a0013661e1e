package dev.loupe.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;

/**
 * The rows that some models read of one dataset: the same text may be other tokens in another model.
 *
 * @param models their labels, as settings name them
 * @param rows how many there are
 * @param shortest in tokens
 * @param longest in tokens
 * @param mean in tokens
 * @param beginning what stands before every row, in words
 * @param leftOut what was left out while the rows were made, a sentence each
 * @param tokens SHA-256 of the tokens alone, row by row: rows of one hash are the same rows, whatever names a dataset gives to
 *     their positions; empty in runs that were stored before it was kept
 */
public record RowFacts(
        String dataset,
        List<String> models,
        int rows,
        int shortest,
        int longest,
        double mean,
        String beginning,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> leftOut,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        String tokens) {
    public RowFacts {
        models = List.copyOf(models);
        leftOut = List.copyOf(leftOut);
    }
}
