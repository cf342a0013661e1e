package dev.loupe.spec;

import dev.loupe.analysis.Analysis;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import org.jspecify.annotations.Nullable;

/** One named measurement: an analysis, and options that every analysis has. */
@Doc("One named measurement: an analysis, and the options that all analyses share.")
public record Measurement(
        @Inline Analysis analysis,

        @Default("default") @Doc("The dataset. Default: the first one.") @NameOf("dataset")
        String on,

        @Default("default") @Doc("The model. Default: the first one.") @NameOf("model")
        String model,

        @Nullable @Key("null") @Doc("The null distribution: what chance alone would give, shown next to every maximum.")
        NullChoice chance,

        @Default("auto")
        @Key("null-side")
        @Doc("On which side of the null an effect counts: `higher`, `lower` or `both` (absolute values). `auto`: "
                + "the side that is better for the metric, and both for signed terms.")
        NullSide nullSide,

        @Default("{}") @Doc("The confidence interval of every number that is computed from rows.")
        IntervalChoice interval,

        @Default("\"\"") @Doc("The heading of the section.") String title) {}
