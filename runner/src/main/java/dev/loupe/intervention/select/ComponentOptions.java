package dev.loupe.intervention.select;

import dev.loupe.plan.ask.Found;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which layers and heads of a site an intervention takes, and which of them by turns. */
public record ComponentOptions(
        @OneOrMany
        @Default("[]")
        @Doc("Sweep axes, in the order of the result. Without them, all selected components are edited in one run.")
        List<SweepAxis> over,

        @OneOrMany
        @Default("[]")
        @Doc("Only these layers. With `over: layer` they are swept; without it they are edited together.")
        List<Integer> layers,

        @OneOrMany @Default("[]") @Doc("Heads such as `L0H3`, edited together.")
        List<HeadName> heads,

        @Nullable @Key("heads-from") @Doc("Heads selected by an earlier measurement, edited together.")
        Found headsFrom) {}
