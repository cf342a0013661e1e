package dev.loupe.result.sample;

import dev.loupe.result.Axis;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import java.util.List;

/** Numbers that were read from rows: they change when other rows are drawn, and so have intervals. */
public interface Sample {
    /** The axes of the numbers. */
    List<Axis> axes();

    /** How many rows were read; the fewest, where the numbers are of several samples. */
    int rows();

    /** The numbers from every row counted once [axes...]. */
    NamedArray estimate();

    /** The numbers on resample {@code b} of the rows [axes...]. */
    NamedArray replicate(Resampling resampling, int b);

    /** The sample at one index of one axis of its numbers. */
    Sample at(String axis, int index);

    /** The interval of every number, from all resamples. */
    default Interval interval(Resampling resampling) {
        return resampling.interval(this);
    }
}
