package dev.loupe.dataset.given;

import dev.loupe.dataset.Dataset;
import dev.loupe.dataset.TokenGenerator;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.RowRandom;
import org.jspecify.annotations.Nullable;

/**
 * Text as the data of a training: each row that is drawn is one of the rows of the text, every one as probable as every other.
 *
 * @param text which text, and how its documents are cut
 * @param material its rows
 */
public record TrainingText(Text text, TextMaterial material) implements Dataset, TokenGenerator {
    @Override
    public int rows() {
        return material.rows().rows();
    }

    @Override
    public @Nullable Long seed() {
        return null;
    }

    @Override
    public void check(Draw draw) {
        // The rows were made for the vocabulary of the model when they were read.
    }

    @Override
    public DrawnRow row(Draw draw, RowRandom random) {
        int[][] all = material.rows().tokens();
        return new DrawnRow(all[random.between(0, all.length - 1)]);
    }

    /** The documents of the other part, where the text is one of two. */
    @Override
    public TokenGenerator unseen() {
        DocumentSplit split = text.split();
        if (split == null || split.part() == DocumentSplit.Part.TEST) {
            return this;
        }
        Text other = text.of(new DocumentSplit(DocumentSplit.Part.TEST, split.train(), split.seed()));
        return new TrainingText(other, material.of(other));
    }
}
