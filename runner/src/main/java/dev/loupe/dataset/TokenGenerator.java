package dev.loupe.dataset;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import org.jspecify.annotations.Nullable;

/** A dataset that draws rows of tokens, each from a random stream of its own. */
public interface TokenGenerator extends TokenDataset, RowSource {

    /** How many rows a spec gets. */
    int rows();

    /** The seed of a spec's rows; null in a recipe, where the trainer brings one per step. */
    @Nullable
    Long seed();

    /**
     * Checks what only the model can tell, once per draw.
     *
     * @throws DatasetException where the options do not fit the vocabulary
     */
    void check(Draw draw);

    /** One row. All rows of a generator declare the same classes, positions and columns. */
    DrawnRow row(Draw draw, RowRandom random);

    @Override
    default TokenGenerator unseen() {
        return this;
    }

    @Override
    default TokenRows draw(Draw draw) {
        return draw(draw, 0, draw.rows());
    }

    /** Rows {@code from} (included) to {@code to} (excluded) of a draw, equal to those of the whole draw. */
    default TokenRows draw(Draw draw, int from, int to) {
        if (from < 0 || to < from || to > draw.rows()) {
            throw new IllegalArgumentException("rows " + from + ".." + to + " of " + draw.rows());
        }
        check(draw);
        DrawnRow[] drawn = new DrawnRow[to - from];
        for (int row = from; row < to; row++) {
            drawn[row - from] = row(draw, new RowRandom(draw.seed(), row));
        }
        return DrawnRow.join(drawn);
    }

    @Override
    default TokenRows read(Sources sources) {
        Long seed = seed();
        if (seed == null) {
            throw new DatasetException("seed", "`seed` is missing: random rows need one, such as `seed: 1`");
        }
        return draw(new Draw(sources.vocabulary(), rows(), seed, sources.specials()));
    }
}
