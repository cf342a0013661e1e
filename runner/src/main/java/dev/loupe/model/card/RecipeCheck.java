package dev.loupe.model.card;

import dev.loupe.dataset.RowSource;
import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.dataset.given.Text;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.model.recipe.PenaltyCheck;
import dev.loupe.model.toy.ToyConfig;
import dev.loupe.schema.Bound;
import dev.loupe.schema.problem.DidYouMean;
import dev.loupe.schema.problem.Problems;
import dev.loupe.text.Count;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Whether a recipe's data fit the network that is to learn them: found out before any step is trained, by drawing a few rows. */
final class RecipeCheck {
    private static final int ROWS = 16;

    private RecipeCheck() {}

    /**
     * @param folder of the card
     * @throws dev.loupe.schema.problem.SpecException with every problem at its place in the card
     */
    static void check(TrainedCard card, Path folder, Bound<ModelCard> bound) {
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
        if (card.architecture() instanceof TransformerArchitecture transformer) {
            tokens(recipe, transformer, bound, problems);
            additions(recipe, transformer, folder, bound, problems);
        }
        if (recipe.data() instanceof FeatureDataset data && card.architecture() instanceof ToyArchitecture toy) {
            vectors(data, toy.config(), recipe, bound, problems);
        }
        problems.throwIfAny();
    }

    /** What is written and no step of the training looks at. */
    private static void ignored(Recipe recipe, Bound<ModelCard> bound, Problems problems) {
        if (!(recipe.data() instanceof Text)) {
            drawn("recipe.data.", bound, problems);
        }
        for (int part = 0; part < recipe.mixedWith().size(); part++) {
            drawn("recipe.mixed-with." + part + ".data.", bound, problems);
        }
        if (!(recipe.data() instanceof FeatureDataset)) {
            for (String key : List.of("train-on", "vary")) {
                unlessWritten(
                        "recipe." + key, "`" + key + "` is for networks without tokens; leave it out", bound, problems);
            }
        } else {
            for (String key : List.of("mixed-with", "embedding-noise", "penalty")) {
                unlessWritten("recipe." + key, "`" + key + "` is for transformers; leave it out", bound, problems);
            }
        }
        if (recipe.data() instanceof FeatureDataset && !recipe.lossOn().equals("all")) {
            problems.add(
                    bound.at("recipe.loss-on"),
                    "ignored-key",
                    "`loss-on` names token positions, which this data does not have; leave it out");
        }
    }

    private static void additions(
            Recipe recipe,
            TransformerArchitecture transformer,
            Path folder,
            Bound<ModelCard> bound,
            Problems problems) {
        if (recipe.embeddingNoise() < 0) {
            problems.add(
                    bound.at("recipe.embedding-noise"),
                    "out-of-range",
                    "`embedding-noise` is a standard deviation and must be at least 0, not " + recipe.embeddingNoise());
        }
        if (recipe.penalty() != null) {
            new PenaltyCheck(bound, problems).check(recipe.penalty(), transformer.config(), folder);
        }
    }

    private static void drawn(String data, Bound<ModelCard> bound, Problems problems) {
        for (String key : List.of("rows", "seed")) {
            unlessWritten(
                    data + key,
                    "`" + key + "` has no effect here: a recipe draws `batch` rows for every step from the seed "
                            + "of the model; leave it out",
                    bound,
                    problems);
        }
    }

    private static void unlessWritten(String path, String problem, Bound<ModelCard> bound, Problems problems) {
        if (bound.marks().containsKey(path) && !bound.defaulted().contains(path)) {
            problems.add(bound.at(path), "ignored-key", problem);
        }
    }

    private static void vectors(
            FeatureDataset data, ToyConfig config, Recipe recipe, Bound<ModelCard> bound, Problems problems) {
        if (data.width() != config.width() || data.answers() != config.answers()) {
            problems.add(
                    bound.at("recipe.data"),
                    "bad-dataset",
                    "rows have " + data.width() + " inputs and " + data.answers() + " targets, but the network reads "
                            + config.width() + " numbers and answers with " + config.answers());
        }
        if (recipe.trainOn() == Recipe.TrainingSet.FIXED && data.enumerated() == 0) {
            problems.add(
                    bound.at("recipe.train-on"),
                    "bad-dataset",
                    "this data is drawn and has no last row: `train-on: fixed` needs data that enumerates its rows, "
                            + "such as modular-pairs");
        }
        if (recipe.trainOn() == Recipe.TrainingSet.FRESH && data.enumerated() > 0) {
            problems.add(
                    bound.at("recipe.data"),
                    "bad-dataset",
                    "this data enumerates its rows and draws none: write `train-on: fixed`");
        }
        if (recipe.trainOn() == Recipe.TrainingSet.FIXED && recipe.batch() > data.enumerated()) {
            problems.add(
                    bound.at("recipe.batch"),
                    "out-of-range",
                    "there are only " + Count.of(data.enumerated(), "row") + "; leave `batch` out for all of them");
        }
        try {
            ToyGrid.of(config, data, recipe);
        } catch (IllegalArgumentException e) {
            problems.add(bound.at("recipe.vary"), "bad-value", String.valueOf(e.getMessage()));
        }
    }

    /** Rows of every part of the data, and of all of them together. */
    private static void tokens(
            Recipe recipe, TransformerArchitecture transformer, Bound<ModelCard> bound, Problems problems) {
        boolean drawable =
                !(recipe.data() instanceof RowSource data) || rows(data, "recipe.data", transformer, bound, problems);
        for (int part = 0; part < recipe.mixedWith().size(); part++) {
            String path = "recipe.mixed-with." + part + ".data";
            if (recipe.mixedWith().get(part).data() instanceof RowSource data) {
                drawable &= rows(data, path, transformer, bound, problems);
            } else {
                problems.add(
                        bound.at(path),
                        "bad-dataset",
                        "these rows cannot be mixed in: it takes a generator of rows of tokens, and no text");
            }
        }
        RowSource all = recipe.rows();
        if (all == null || recipe.lossOn().equals("all") || !drawable) {
            return;
        }
        Set<String> places = drawn(all, transformer).places();
        if (!places.contains(recipe.lossOn())) {
            String near = DidYouMean.to(recipe.lossOn(), places);
            problems.add(
                    bound.at("recipe.loss-on"),
                    "bad-dataset",
                    "the rows have no position class `" + recipe.lossOn() + "`; "
                            + (near == null ? "they have " + places : "did you mean `" + near + "`?"));
        }
    }

    private static TokenRows drawn(RowSource data, TransformerArchitecture transformer) {
        return data.draw(new Draw(transformer.config().dVocab(), ROWS, 0));
    }

    /** Whether rows can be drawn. */
    private static boolean rows(
            RowSource data,
            String path,
            TransformerArchitecture transformer,
            Bound<ModelCard> bound,
            Problems problems) {
        try {
            int longest = 0;
            for (int[] row : drawn(data, transformer).tokens()) {
                longest = Math.max(longest, row.length);
            }
            if (longest > transformer.config().nCtx()) {
                problems.add(
                        bound.at(path),
                        "bad-dataset",
                        "rows have up to " + longest + " positions, more than n_ctx, which is "
                                + transformer.config().nCtx());
            }
            return true;
        } catch (IllegalArgumentException | DatasetException e) {
            problems.add(bound.at(path), "bad-dataset", String.valueOf(e.getMessage()));
            return false;
        }
    }
}
