package dev.loupe.spec;

import dev.loupe.dataset.Dataset;
import dev.loupe.dataset.TokenDataset;
import dev.loupe.dataset.rows.NamedSpans;
import dev.loupe.dataset.rows.PositionSpan;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Named;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One named dataset: a generator, and what every dataset can be given besides. */
@Named("dataset")
@Doc("One dataset: a generator, and the names of positions that every dataset of tokens can be given.")
public record NamedDataset(
        @Inline @Doc("The generator. Its keys are written next to `positions`.")
        Dataset source,

        @Doc(
                "Names of your own for positions, by number: `{second-half: 40..79, start: 0, tail: -8..}`. A range is a position "
                        + "class, a single number a named position, and both can be used wherever the names that the generator gives can.")
        @Nullable
        Map<String, PositionSpan> positions) {

    /** Whether positions were named that it does not have, as a dataset without tokens has none. */
    public boolean namesNothing() {
        return positions != null && !(source instanceof TokenDataset);
    }

    /** Its rows, which the source made, with the names. */
    public TokenRows named(TokenRows rows) {
        return positions == null ? rows : NamedSpans.name(rows, positions);
    }
}
