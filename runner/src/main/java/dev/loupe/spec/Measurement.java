package dev.loupe.spec;

import dev.loupe.analysis.Analysis;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Formerly;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.OneOrMany;
import dev.loupe.spec.chance.NullChoice;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One named measurement: an analysis, and options that every analysis has. */
@Doc("One named measurement: an analysis, and the options that all analyses share.")
public record Measurement(
        @Inline @Doc("The analysis. Its keys are written next to the others.")
        Analysis analysis,

        @Default("default") @Formerly("on") @Doc("The dataset. Default: the first one.") @NameOf("dataset")
        String dataset,

        @OneOrMany
        @Default("default")
        @Doc("The model. Default: the first one. Several are measured side by side, on an axis `model` of their names.")
        @NameOf("model")
        List<String> model,

        @Nullable
        @Formerly("null")
        @Doc("What chance alone would give: the null distribution shown next to every maximum.")
        NullChoice chance,

        @Default("auto")
        @Formerly("null-side")
        @Doc("On which side of chance an effect counts: `higher`, `lower` or `both` (absolute values). `auto`: "
                + "the side that is better for the metric, and both for signed terms.")
        NullSide chanceSide,

        @Default("{}") @Doc("The confidence interval of every number that is computed from rows.")
        IntervalChoice interval,

        @Default("\"\"") @Doc("The heading of the section.") String title) {
    public Measurement {
        model = List.copyOf(model);
        if (model.isEmpty() || model.stream().distinct().count() < model.size()) {
            throw new IllegalArgumentException("`model` names at least one model, each once");
        }
    }

    /** Whether it is measured on rows of a dataset; otherwise it looks at weights alone. */
    public boolean readsRows() {
        return analysis.readsRows();
    }
}
