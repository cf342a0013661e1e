package dev.loupe.dataset.language;

import dev.loupe.schema.annotation.Doc;

/** The constructs that a variant of the language can have. */
public enum ConstructName {
    @Doc("Tokens that every register shares, whose successor depends on the register.")
    HOMOGRAPHS,
    @Doc("50 trigrams: the first two tokens together decide the third.")
    TRIGRAMS,
    @Doc("Words written as one token or as two pieces; the word decides what follows in either spelling.")
    WORDS,
    @Doc("Brackets and quotation marks, nested up to three deep; the innermost decides the closer.")
    BRACKETS,
    @Doc("Markers that decide the answer to a question 3 to 8 tokens later.")
    SKIP_TRIGRAMS,
    @Doc("Nouns for persons, whose number decides the answer to a question.")
    PERSON_COUNTS,
    @Doc("Words of two senses; a cue 3 to 10 tokens to the left decides what follows.")
    SENSES,
    @Doc(
            "Names that are followed by the same token at every mention in a row, in either spelling; one layer cannot do it.")
    BINDINGS,
    @Doc("A count of ticks inside the innermost open span only; needs `brackets`.")
    SPAN_COUNTS
}
