package dev.loupe.model.card;

import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.schema.Bound;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.problem.Problems;
import java.util.List;

/** Whether a recipe's data fit the network that is to learn them: found out before any step is trained, by drawing a few rows. */
final class RecipeCheck {
    private static final int ROWS = 16;

    private RecipeCheck() {}

    /** @throws dev.loupe.schema.problem.SpecException with every problem at its place in the card */
    static void check(TrainedCard card, Bound<ModelCard> bound) {
        Problems problems = new Problems();
        Recipe recipe = card.recipe();
        for (int step : recipe.checkpoints().at()) {
            if (step > recipe.steps()) {
                problems.add(
                        bound.at("recipe.checkpoints.at"),
                        "out-of-range",
                        "there is no step " + step + " among " + recipe.steps());
            }
        }
        ignored(recipe, bound, problems);
        if (recipe.data() instanceof TokenGenerator data
                && card.architecture() instanceof TransformerArchitecture transformer) {
            rows(data, recipe.lossOn(), transformer, bound, problems);
        }
        problems.throwIfAny();
    }

    /** What is written and no step of the training looks at. */
    private static void ignored(Recipe recipe, Bound<ModelCard> bound, Problems problems) {
        for (String key : List.of("rows", "seed")) {
            String path = "recipe.data." + key;
            if (bound.marks().containsKey(path) && !bound.defaulted().contains(path)) {
                problems.add(
                        bound.at(path),
                        "ignored-key",
                        "`" + key + "` has no effect here: a recipe draws `batch` rows for every step from the seed "
                                + "of the model; leave it out");
            }
        }
        if (!(recipe.data() instanceof TokenGenerator) && !recipe.lossOn().equals("all")) {
            problems.add(
                    bound.at("recipe.loss-on"),
                    "ignored-key",
                    "`loss-on` names token positions, which this data does not have; leave it out");
        }
    }

    private static void rows(
            TokenGenerator data,
            String lossOn,
            TransformerArchitecture transformer,
            Bound<ModelCard> bound,
            Problems problems) {
        TokenRows drawn;
        try {
            drawn = data.draw(new Draw(transformer.config().dVocab(), ROWS, 0));
        } catch (IllegalArgumentException e) {
            problems.add(bound.at("recipe.data"), "bad-dataset", String.valueOf(e.getMessage()));
            return;
        }
        int longest = 0;
        for (int[] row : drawn.tokens()) {
            longest = Math.max(longest, row.length);
        }
        if (longest > transformer.config().nCtx()) {
            problems.add(
                    bound.at("recipe.data"),
                    "bad-dataset",
                    "rows have up to " + longest + " positions, more than n_ctx, which is "
                            + transformer.config().nCtx());
        }
        if (!lossOn.equals("all") && !drawn.places().contains(lossOn)) {
            String near = DidYouMean.to(lossOn, drawn.places());
            problems.add(
                    bound.at("recipe.loss-on"),
                    "bad-dataset",
                    "the rows have no position class `" + lossOn + "`; "
                            + (near == null
                                    ? "they have " + drawn.places()
                                    : "did you mean `" + near + "`?"));
        }
    }
}
