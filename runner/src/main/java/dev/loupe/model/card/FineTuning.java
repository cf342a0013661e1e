package dev.loupe.model.card;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.recipe.GivenModel;
import dev.loupe.model.recipe.StartingWeights;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.schema.Bound;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.shape.IntRange;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The weights that a training begins with: found, and whether they fit, before any step is trained. */
final class FineTuning {
    private final TrainedCard card;
    private final StartingWeights from;
    private final Path file;
    private final CardNames names;
    private final Bound<ModelCard> bound;
    private final Problems problems = new Problems();

    private FineTuning(TrainedCard card, StartingWeights from, Path file, CardNames names, Bound<ModelCard> bound) {
        this.card = card;
        this.from = from;
        this.file = file;
        this.names = names;
        this.bound = bound;
    }

    /**
     * What {@code recipe.from} names, null where the weights are drawn.
     *
     * @param file of the fine-tuned model
     * @param chain the files of the cards that begin with this one
     * @throws dev.loupe.schema.problem.SpecException with every problem at its place in the card
     */
    static @Nullable Base base(TrainedCard card, Path file, CardNames names, Bound<ModelCard> bound, Set<Path> chain) {
        StartingWeights from = card.recipe().from();
        if (from == null) {
            return null;
        }
        FineTuning check = new FineTuning(card, from, file, names, bound);
        Base base = check.find(chain);
        check.problems.throwIfAny();
        return base;
    }

    /** The card with the architecture of what it begins with, where it says none of its own. */
    static TrainedCard shaped(TrainedCard card, @Nullable Base base, Bound<ModelCard> bound) {
        if (card.architecture() != null) {
            return card;
        }
        Architecture its = base == null ? null : base.architecture();
        if (its == null) {
            Problems problems = new Problems();
            problems.add(
                    bound.at("architecture"),
                    "missing-key",
                    "`architecture` is missing: it may be left out only where `recipe` has `from`");
            problems.throwIfAny();
        }
        return its == null ? card : card.withArchitecture(its);
    }

    private @Nullable Base find(Set<Path> chain) {
        Path found = from.card() == null ? null : names.card(file, from.card());
        if (found == null) {
            return given(null);
        }
        if (chain.contains(found.toAbsolutePath().normalize())) {
            problem("card", "bad-value", "begins with the weights of this card itself, directly or by other cards");
            return null;
        }
        CardFile other = CardFile.read(found, names, chain);
        if (!(other.card() instanceof TrainedCard trained)) {
            return given(other.card());
        }
        fit(trained.architecture());
        step(trained);
        if (!Objects.equals(tokenizer(card, file), tokenizer(trained, found))) {
            problem("card", "bad-value", "was trained with another tokenizer: equal token ids mean other text there");
        }
        return new Base.Trained(other, from);
    }

    /**
     * A model of others: its weights are what they are, without seeds and steps.
     *
     * @param named a card of that name that Loupe does not train, which may list a model of that name
     */
    private @Nullable Base given(@Nullable ModelCard named) {
        String key = from.card() != null ? "card" : "folder";
        GivenModel model;
        try {
            model = from.card() != null
                    ? names.model(from.card())
                    : names.folder(CardFile.folder(file).resolve(from.name()).normalize());
        } catch (WeightsException | IllegalArgumentException e) {
            problem(key, "bad-value", "cannot be begun with: " + e.getMessage());
            return null;
        }
        if (model == null && named != null) {
            String models = named instanceof PublicCard family
                    ? ": " + String.join(", ", family.models().keySet())
                    : "";
            problem(key, "bad-value", "is a card that lists what others made; name a model" + models);
            return null;
        }
        if (model == null) {
            problems.add(
                    bound.at("recipe.from." + key),
                    "unknown-name",
                    from.card() != null
                            ? "there is no card and no model `" + from.card() + "` here"
                            : "there is no model in the folder `" + from.folder()
                                    + "` beside the card: it has no config.json and no .gguf file");
            return null;
        }
        if (from.seed() != null || from.step() != null) {
            problems.add(
                    bound.at("recipe.from." + (from.seed() != null ? "seed" : "step")),
                    "ignored-key",
                    "`seed` and `step` choose weights of a model that Loupe trains, and `" + from.name()
                            + "` is not one; leave them out");
        }
        if (model.unlike() != null) {
            problem(key, "bad-value", "cannot be trained further: " + model.unlike());
        }
        fit(new TransformerArchitecture(model.config()));
        String own = tokenizer(card, file);
        if (own != null && model.tokenizerHash() != null && !own.equals(model.tokenizerHash())) {
            problem(
                    key,
                    "bad-value",
                    "has another tokenizer than `" + card.tokenizer() + "`: equal token ids mean other text there");
        }
        return new Base.Given(model);
    }

    /** What its token ids mean: the hash of its tokenizer, null for bare tokens. */
    private @Nullable String tokenizer(TrainedCard of, Path at) {
        String named = of.tokenizer();
        CardNames.Tokenizer found = named == null ? null : names.tokenizer(CardFile.folder(at), named);
        return found == null ? named : found.hash();
    }

    private void fit(@Nullable Architecture base) {
        if (card.architecture() == null && base instanceof TransformerArchitecture) {
            return;
        }
        if (!(card.architecture() instanceof TransformerArchitecture own)
                || !(base instanceof TransformerArchitecture its)) {
            problems.add(
                    bound.at("recipe.from"), "ignored-key", "`from` is for transformers that begin with a transformer");
            return;
        }
        // What random weights would have been has no effect on weights that are given.
        TransformerConfig there = its.config()
                .with()
                .initializerRange(own.config().initializerRange())
                .build();
        List<String> unlike = own.config().differences(there);
        if (!unlike.isEmpty()) {
            problems.add(
                    bound.at("architecture"),
                    "bad-value",
                    "the weights of `" + from.name() + "` do not fit: here against there, "
                            + String.join(", ", unlike));
        }
    }

    private void step(TrainedCard base) {
        if (from.step() != null) {
            try {
                base.recipe()
                        .checkpoints()
                        .chosen(
                                List.of(new IntRange(from.step(), from.step())),
                                base.recipe().steps(),
                                from.name());
            } catch (IllegalArgumentException e) {
                problems.add(bound.at("recipe.from.step"), "out-of-range", String.valueOf(e.getMessage()));
            }
        }
    }

    private void problem(String key, String code, String what) {
        problems.add(bound.at("recipe.from." + key), code, "`" + from.name() + "` " + what);
    }
}
