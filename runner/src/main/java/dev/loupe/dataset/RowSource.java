package dev.loupe.dataset;

import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.TokenRows;

/** What a training of a transformer takes its rows from. */
public interface RowSource {
    /** All rows of a draw. A pure function: equal draws give equal rows. */
    TokenRows draw(Draw draw);

    /** The same over what a training on this one never draws; itself where nothing is held out. */
    RowSource unseen();
}
