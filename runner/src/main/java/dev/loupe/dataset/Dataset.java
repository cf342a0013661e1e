package dev.loupe.dataset;

import dev.loupe.dataset.board.BoardDataset;
import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.dataset.given.GivenDataset;
import dev.loupe.dataset.language.LanguageDataset;
import dev.loupe.dataset.prompt.PromptDataset;
import dev.loupe.dataset.repeats.RepeatDataset;
import dev.loupe.dataset.task.TaskDataset;
import dev.loupe.schema.annotation.Discriminator;
import dev.loupe.schema.annotation.Groups;

/**
 * What a model is asked about. Each generator is one record: its options, documentation, example and draw. The groups are the registry.
 *
 * <p>What a record can do is said by its other interfaces: {@link TokenDataset} gives rows of tokens,
 * {@link TokenGenerator} draws as many as asked from any seed,
 * {@link PairedDataset} gives each row a corrupted counterpart.
 */
@Discriminator("generator")
@Groups({
    RepeatDataset.class,
    TaskDataset.class,
    BoardDataset.class,
    PromptDataset.class,
    GivenDataset.class,
    FeatureDataset.class,
    LanguageDataset.class
})
public interface Dataset {}
