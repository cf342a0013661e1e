package dev.loupe.model.card;

import dev.loupe.model.recipe.GivenModel;
import dev.loupe.model.recipe.StartingWeights;
import dev.loupe.model.weights.LackingWeights;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The weights that a training begins with: found, and known to fit, before any step is trained. */
public sealed interface Base {
    /** Those of a model that Loupe trains, at the seed and step that the recipe chooses. */
    record Trained(CardFile card, StartingWeights from) implements Base {
        @Override
        public String words(long seed) {
            return card.name() + " seed " + from.seedFor(seed) + (from.step() == null ? "" : " step " + from.step());
        }

        @Override
        public @Nullable Architecture architecture() {
            return card.card() instanceof TrainedCard trained ? trained.architecture() : null;
        }

        @Override
        public int phase() {
            Base before = card.base();
            return before == null ? 1 : before.phase() + 1;
        }

        @Override
        public LackingWeights lacking() {
            return card.lacking();
        }

        @Override
        public @Nullable Path tokenizer() {
            return card.tokenizer();
        }
    }

    /** Those of a model that others trained. */
    record Given(GivenModel model) implements Base {
        @Override
        public String words(long seed) {
            return model.label() + " (SHA-256 of its tensors " + model.hash().substring(0, 12) + ")";
        }

        @Override
        public Architecture architecture() {
            return new TransformerArchitecture(model.config());
        }

        @Override
        public int phase() {
            return 0;
        }

        @Override
        public LackingWeights lacking() {
            return model.lacking();
        }

        @Override
        public @Nullable Path tokenizer() {
            return model.tokenizer();
        }
    }

    /** Which weights those are, for people. */
    String words(long seed);

    /** The network whose weights they are; null where that was not said. */
    @Nullable
    Architecture architecture();

    /** How many trainings by Loupe come before, each beginning with the weights of the one before it. */
    int phase();

    /** What the model lacks with which the first of these trainings began. */
    LackingWeights lacking();

    /** The folder with the tokenizer of its tokens, null where it has none. */
    @Nullable
    Path tokenizer();
}
