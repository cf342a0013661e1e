package dev.loupe.dataset.rows;

/** A dataset of text, and a model without a tokenizer. */
public final class NoTokenizerException extends DatasetException {
    private static final long serialVersionUID = 1L;

    NoTokenizerException(String option) {
        super(option, "text needs a model with a tokenizer, which this model does not have");
    }
}
