package dev.loupe.dataset;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.DrawnRow;
import dev.loupe.dataset.rows.PairedRows;
import dev.loupe.dataset.rows.RowRandom;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;

/** A generator that draws each row together with its corrupted counterpart. */
public interface PairedGenerator extends TokenGenerator, PairedDataset {
    /** A row and its counterpart, both with the clean row's positions and columns. */
    record Pair(DrawnRow clean, DrawnRow corrupted) {}

    /** One row with its counterpart. */
    Pair pair(Draw draw, RowRandom random);

    @Override
    default DrawnRow row(Draw draw, RowRandom random) {
        return pair(draw, random).clean();
    }

    @Override
    default TokenRows read(Sources sources) {
        return TokenGenerator.super.read(sources);
    }

    @Override
    default PairedRows pairs(Sources sources) {
        Long seed = seed();
        if (seed == null) {
            throw new DatasetException("seed", "`seed` is missing: random rows need one, such as `seed: 1`");
        }
        Draw draw = new Draw(sources.vocabulary(), rows(), seed, sources.specials());
        check(draw);
        Pair[] drawn = new Pair[rows()];
        for (int row = 0; row < drawn.length; row++) {
            drawn[row] = pair(draw, new RowRandom(seed, row));
        }
        return join(drawn);
    }

    /** Puts pairs together. */
    static PairedRows join(Pair[] pairs) {
        DrawnRow[] clean = new DrawnRow[pairs.length];
        DrawnRow[] corrupted = new DrawnRow[pairs.length];
        for (int row = 0; row < pairs.length; row++) {
            clean[row] = pairs[row].clean();
            corrupted[row] = pairs[row].corrupted();
        }
        return new PairedRows(DrawnRow.join(clean), DrawnRow.join(corrupted));
    }
}
