package dev.loupe.model.card;

import dev.loupe.schema.Bound;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.shape.IntRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The card whose weights a training begins with: found, and whether it fits, before any step is trained. */
final class FineTuning {
    private FineTuning() {}

    /**
     * The card that {@code recipe.from} names, null where the weights are drawn.
     *
     * @param file of the fine-tuned model
     * @param chain the files of the cards that begin with this one
     * @throws dev.loupe.schema.problem.SpecException with every problem at its place in the card
     */
    static @Nullable CardFile base(
            TrainedCard card, Path file, CardNames names, Bound<ModelCard> bound, Set<Path> chain) {
        StartingWeights from = card.recipe().from();
        if (from == null) {
            return null;
        }
        Problems problems = new Problems();
        Path found = names.card(file, from.card());
        CardFile base = null;
        if (found == null) {
            problems.add(bound.at("recipe.from.card"), "unknown-name", "there is no card `" + from.card() + "` here");
        } else if (chain.contains(found.toAbsolutePath().normalize())) {
            problems.add(
                    bound.at("recipe.from.card"),
                    "bad-value",
                    "`" + from.card() + "` begins with the weights of this card itself, directly or by other cards");
        } else {
            base = CardFile.read(found, names, chain);
            fit(card, from, base, bound, problems);
            if (base.card() instanceof TrainedCard its
                    && !Objects.equals(tokenizer(card, file, names), tokenizer(its, found, names))) {
                problems.add(
                        bound.at("recipe.from.card"),
                        "bad-value",
                        "`" + from.card()
                                + "` was trained with another tokenizer: equal token ids mean other text there");
            }
        }
        problems.throwIfAny();
        return base;
    }

    /** What its token ids mean: the hash of its tokenizer, null for bare tokens. */
    private static @Nullable String tokenizer(TrainedCard card, Path file, CardNames names) {
        String named = card.tokenizer();
        CardNames.Tokenizer found = named == null ? null : names.tokenizer(CardFile.folder(file), named);
        return found == null ? named : found.hash();
    }

    private static void fit(
            TrainedCard card, StartingWeights from, CardFile base, Bound<ModelCard> bound, Problems problems) {
        if (!(base.card() instanceof TrainedCard trained)) {
            problems.add(
                    bound.at("recipe.from.card"),
                    "bad-value",
                    "`" + from.card()
                            + "` is not trained by Loupe; a training begins with the weights of a model that is");
            return;
        }
        if (!(card.architecture() instanceof TransformerArchitecture own)
                || !(trained.architecture() instanceof TransformerArchitecture its)) {
            problems.add(
                    bound.at("recipe.from"), "ignored-key", "`from` is for transformers that begin with a transformer");
            return;
        }
        List<String> unlike = own.config().differences(its.config());
        if (!unlike.isEmpty()) {
            problems.add(
                    bound.at("architecture"),
                    "bad-value",
                    "the weights of `" + from.card() + "` do not fit: here against there, "
                            + String.join(", ", unlike));
        }
        if (from.step() != null) {
            try {
                trained.recipe()
                        .checkpoints()
                        .chosen(
                                List.of(new IntRange(from.step(), from.step())),
                                trained.recipe().steps(),
                                from.card());
            } catch (IllegalArgumentException e) {
                problems.add(bound.at("recipe.from.step"), "out-of-range", String.valueOf(e.getMessage()));
            }
        }
    }
}
