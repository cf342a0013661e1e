package dev.loupe.spec;

import dev.loupe.analysis.Analysis;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import org.jspecify.annotations.Nullable;

/** One named measurement: an analysis, and options that every analysis has. */
@Doc("One named measurement: an analysis and the options that every analysis has.")
public record Measurement(
        @Inline Analysis analysis,

        @Default("default") @Doc("The dataset; without it the first one.") @NameOf("dataset")
        String on,

        @Default("default") @Doc("The model; without it the first one.") @NameOf("model")
        String model,

        @Nullable @Key("null") @Doc("What chance alone would find, shown beside every maximum.")
        NullChoice chance,

        @Default("auto")
        @Key("null-side")
        @Doc(
                "On which side of its null a find stands: `higher`, `lower` or `both`, where sizes are compared. `auto`: the side"
                        + " that is better for what is read, and both where the numbers are signed terms.")
        NullSide nullSide,

        @Default("{}") @Doc("Interval of every number that was read from rows.")
        IntervalChoice interval,

        @Default("\"\"") @Doc("A heading of your own.") String title) {}
