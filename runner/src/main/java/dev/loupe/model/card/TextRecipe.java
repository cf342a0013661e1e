package dev.loupe.model.card;

import dev.loupe.dataset.given.Text;
import dev.loupe.dataset.given.TextMaterial;
import dev.loupe.dataset.given.TrainingText;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.schema.Bound;
import dev.loupe.schema.problem.Problems;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The tokenizer of a card, and text as the data of its recipe. */
final class TextRecipe {
    private final Bound<ModelCard> bound;
    private final Problems problems = new Problems();

    private TextRecipe(Bound<ModelCard> bound) {
        this.bound = bound;
    }

    /**
     * The card with its text made ready to be read.
     *
     * @param folder of the card, in which its text lies
     * @throws dev.loupe.schema.problem.SpecException with every problem at its place in the card
     */
    static TrainedCard ready(
            TrainedCard card, Path folder, CardNames.@Nullable Tokenizer tokenizer, Bound<ModelCard> bound) {
        TextRecipe check = new TextRecipe(bound);
        check.tokenizer(card, tokenizer);
        if (!(card.recipe().data() instanceof Text text)
                || !(card.architecture() instanceof TransformerArchitecture transformer)) {
            check.problems.throwIfAny();
            return card;
        }
        check.text(text, card, transformer.config().nCtx());
        if (tokenizer != null
                && tokenizer.encoder().vocabulary() > transformer.config().dVocab()) {
            check.problem(
                    "architecture",
                    "bad-dataset",
                    "`d_vocab` is " + transformer.config().dVocab() + ", but the tokenizer `" + card.tokenizer()
                            + "` has " + tokenizer.encoder().vocabulary() + " token ids");
        }
        check.problems.throwIfAny();
        if (tokenizer == null) {
            throw new IllegalStateException("a text without tokenizer passed its check");
        }
        Sources sources = new Sources(folder, transformer.config().dVocab(), tokenizer.encoder());
        TrainingText data = new TrainingText(text, new TextMaterial(text, sources, tokenizer.hash()));
        return card.withRecipe(card.recipe().withData(data));
    }

    private void tokenizer(TrainedCard card, CardNames.@Nullable Tokenizer tokenizer) {
        boolean text = card.recipe().data() instanceof Text;
        String name = card.tokenizer();
        if (text && name == null) {
            problem(
                    "recipe.data",
                    "missing-key",
                    "text needs a tokenizer: name one beside `recipe`, such as `tokenizer: bytes`");
        }
        if (!text && name != null) {
            problem("tokenizer", "ignored-key", "`tokenizer` has an effect only where `data` is `text`; leave it out");
        }
        if (text && name != null && tokenizer == null) {
            problem(
                    "tokenizer",
                    "unknown-tokenizer",
                    "there is no tokenizer `" + name
                            + "`: it is a folder with a tokenizer.json, beside the card or in a " + "folder of models");
        }
    }

    private void text(Text text, TrainedCard card, int context) {
        Integer window = text.window();
        if (window == null) {
            problem("recipe.data", "missing-key", "`text` needs `window` here: the number of tokens of a row");
        } else if (window + 1 > context) {
            problem(
                    "recipe.data.window",
                    "bad-dataset",
                    "rows of " + window + " tokens and a BOS token are longer than n_ctx, which is " + context);
        }
        if (text.corpus() != null) {
            problem(
                    "recipe.data.corpus",
                    "bad-dataset",
                    "a model is trained on files beside its card, so that card and text stay together; write `file` or `files`");
        }
        if (!text.labels().isEmpty()) {
            problem("recipe.data.labels", "ignored-key", "`labels` has no effect on a training; leave it out");
        }
        if (!card.recipe().lossOn().equals("all")) {
            problem("recipe.loss-on", "ignored-key", "text has no position classes to train on; leave `loss-on` out");
        }
    }

    private void problem(String path, String code, String message) {
        problems.add(bound.at(path), code, message);
    }
}
