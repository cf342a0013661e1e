package dev.loupe.dataset;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;

/** A dataset whose rows are tokens. */
public interface TokenDataset {

    /**
     * The rows that the spec asks for.
     *
     * @throws DatasetException where options, files and model do not fit together
     */
    TokenRows read(Sources sources);
}
