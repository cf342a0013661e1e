package dev.loupe.model.card;

import dev.loupe.schema.annotation.Discriminator;
import dev.loupe.schema.annotation.Doc;

/** What a name stands for: a model that we train, or models, corpora or dictionaries that others published. */
@Discriminator("card")
@Doc("What the name of a model, a corpus or a dictionary refers to")
public sealed interface ModelCard permits TrainedCard, PublicCard, CorpusCard, DictionaryCard {
    /** One line for lists and reports. */
    String title();
}
