package dev.loupe.dataset;

/** A dataset whose rows are tokens. */
public interface TokenDataset {

    /**
     * The rows that the spec asks for.
     *
     * @throws DatasetException where options, files and model do not fit together
     */
    TokenRows read(Sources sources);
}
