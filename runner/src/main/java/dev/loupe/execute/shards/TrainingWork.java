package dev.loupe.execute.shards;

import dev.loupe.model.card.CardFile;
import java.nio.file.Path;
import java.util.List;

/**
 * What a machine trains for another one.
 *
 * @param seeds that train together
 * @param begins files of the weights that these trainings begin with, where Loupe trained those as well
 */
record TrainingWork(CardFile card, List<Long> seeds, List<Path> begins) {}
