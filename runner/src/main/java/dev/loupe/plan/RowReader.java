package dev.loupe.plan;

import dev.loupe.plan.ask.Readout;
import java.util.List;

/** A step that reads its runs batch by batch. All work and memory are counted at those runs. */
public sealed interface RowReader extends WithoutModel permits ReadRows, Summarise {
    Readout reading();

    /** The runs that are read, of one model on aligned rows. */
    List<Integer> forwards();

    @Override
    default Turn turn() {
        return Turn.ROWS;
    }
}
