package dev.loupe.model.card;

import dev.loupe.schema.annotation.Discriminator;
import dev.loupe.schema.annotation.Doc;

/** What a name stands for: a model that we train, or models or corpora that others published. */
@Discriminator("card")
@Doc("What the name of a model or of a corpus refers to")
public sealed interface ModelCard permits TrainedCard, PublicCard, CorpusCard {
    /** One line for lists and reports. */
    String title();
}
