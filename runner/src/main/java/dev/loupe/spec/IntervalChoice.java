package dev.loupe.spec;

import dev.loupe.result.sample.Resampling;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;

/** Settings of the bootstrap over rows. */
@Doc("A percentile bootstrap over rows.")
public record IntervalChoice(
        @Default("1000") @Doc("Number of resamples.") int resamples,
        @Default("0.95") @Doc("Coverage.") double level,
        @Default("17") @Doc("Seed of the resamples.") long seed) {
    public IntervalChoice {
        new Resampling(resamples, level, seed);
    }

    public Resampling resampling() {
        return new Resampling(resamples, level, seed);
    }
}
