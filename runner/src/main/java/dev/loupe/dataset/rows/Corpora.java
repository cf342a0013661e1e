package dev.loupe.dataset.rows;

/** Corpora by the names that specs use. */
@FunctionalInterface
public interface Corpora {
    /** Where no card is looked for. */
    Corpora NONE = name -> {
        throw new DatasetException("corpus", "there is no corpus `" + name + "`");
    };

    /**
     * A corpus that is on this disk.
     *
     * @throws DatasetException where there is none of that name
     */
    Corpus of(String name);
}
