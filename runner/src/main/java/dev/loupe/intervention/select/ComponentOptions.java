package dev.loupe.intervention.select;

import dev.loupe.plan.ask.FoundHeads;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which layers and heads of a site an intervention takes, and which of them by turns. */
public record ComponentOptions(
        @Default("[]") @Doc("Sweep axes in the order of the result. Without them all chosen components go at once.")
        List<SweepAxis> over,

        @Default("[]") @Doc("Only these layers: those that `over: layer` sweeps, or without it all of them at once.")
        List<Integer> layers,

        @Default("[]") @Doc("Heads such as `L0H3`, taken together.")
        List<HeadName> heads,

        @Nullable @Key("heads-from") @Doc("Heads found by an earlier measurement, taken together.")
        FoundHeads headsFrom) {}
