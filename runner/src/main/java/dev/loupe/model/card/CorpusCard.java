package dev.loupe.model.card;

import dev.loupe.model.published.PublicCorpus;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Named;
import java.util.Map;

/** Corpora of text that others published on a hub. */
@Named("corpus")
@Doc("Published corpora of text on a hub, which the dataset `text` names by `corpus`")
@Example("""
        card: corpus
        title: The first documents of the Pile
        corpora:
          pile-10k:
            repository: NeelNanda/pile-10k
            licence: not stated by the repository
            files: data/train-*.parquet
        """)
public record CorpusCard(
        @Doc("Version of the card language") @Default("1") int loupe,
        @Doc("One line for lists and reports") String title,
        @Doc("The corpora, by the names used in specs") Map<String, PublicCorpus> corpora)
        implements ModelCard {
    public CorpusCard {
        if (loupe != 1) {
            throw new IllegalArgumentException(
                    "`loupe: " + loupe + "` is not a known version of the card language; use 1");
        }
        if (corpora.isEmpty()) {
            throw new IllegalArgumentException("`corpora` names no corpus");
        }
    }
}
