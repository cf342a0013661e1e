package dev.loupe.dataset;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;

/** A dataset that can give each row a corrupted counterpart. {@link #read} gives the clean rows alone. */
public interface PairedDataset extends TokenDataset {

    /**
     * The rows with their counterparts.
     *
     * @throws DatasetException where there are none, or they do not fit
     */
    PairedRows pairs(Sources sources);

    @Override
    default TokenRows read(Sources sources) {
        return pairs(sources).clean();
    }
}
