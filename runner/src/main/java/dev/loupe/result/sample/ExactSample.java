package dev.loupe.result.sample;

import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.List;

/** Exact numbers beside samples of other models: no resample changes them. */
public record ExactSample(NamedArray estimate) implements Sample {
    @Override
    public List<Axis> axes() {
        return estimate.axes();
    }

    /** More than any sample has, since the fewest rows of several samples are named. */
    @Override
    public int rows() {
        return Integer.MAX_VALUE;
    }

    @Override
    public NamedArray replicate(Resampling resampling, int b) {
        return estimate;
    }

    @Override
    public Sample at(String axis, int index) {
        return new ExactSample(estimate.at(axis, index));
    }
}
