package dev.loupe.model.card;

import dev.loupe.schema.annotation.Discriminator;
import dev.loupe.schema.annotation.Doc;

/** What a model's name stands for: one that we train, or one that others published. */
@Discriminator("card")
@Doc("What the name of a model refers to")
public sealed interface ModelCard permits TrainedCard, PublicCard {
    /** One line for lists and reports. */
    String title();
}
