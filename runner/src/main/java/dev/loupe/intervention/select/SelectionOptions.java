package dev.loupe.intervention.select;

import dev.loupe.plan.ask.Found;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where at a site an intervention acts, as its options say it: components and positions that go together, and axes that are
 * swept. With its sites it is a {@link SiteSelection}.
 */
public record SelectionOptions(
        @Inline ComponentOptions components,

        @OneOrMany
        @Default("[]")
        @Doc("Neurons such as `L3N110`, or features of a dictionary such as `L6F123`, edited together.")
        List<NeuronName> neurons,

        @Nullable @Key("neurons-from") @Doc("Neurons selected by an earlier measurement, edited together.")
        Found neuronsFrom,

        @Nullable @Key("layers-from") @Doc("Layers selected by an earlier measurement, edited together.")
        Found layersFrom,

        @Nullable
        @Key("positions-from")
        @Doc("Positions selected by an earlier measurement with an axis `pos`, edited together; instead of `at`.")
        Found positionsFrom,

        @OneOrMany
        @Default("everywhere")
        @Doc(
                "Named positions or position classes; `everywhere` for all positions. With `over: position`, one at a time;"
                        + " not together with `pos` or `dest` in `over`.")
        List<String> at,

        @OneOrMany
        @Default("everywhere")
        @Doc("For `attn.pattern` and `attn.scores`: the key positions, where `at` names the query positions.")
        List<String> keys,

        @OneOrMany
        @Default("1")
        @Doc(
                "Window size in layers: the swept layer and its neighbours are edited together, of an even size one more before it than after. Several sizes are swept on"
                        + " an axis `window`.")
        List<Integer> window) {
    /** Components at named positions, with every key and one layer at a time. */
    public SelectionOptions(ComponentOptions components, List<String> at) {
        this(components, List.of(), null, null, null, at, List.of("everywhere"), List.of(1));
    }

    /** Layers or heads that go together at named positions. */
    public static SelectionOptions together(
            List<Integer> layers, List<HeadName> heads, @Nullable Found headsFrom, List<String> at) {
        return new SelectionOptions(new ComponentOptions(List.of(), layers, heads, headsFrom), at);
    }

    /** Neurons that go together at named positions. */
    public static SelectionOptions ofNeurons(List<NeuronName> neurons, List<String> at) {
        return new SelectionOptions(
                new ComponentOptions(List.of(), List.of(), List.of(), null),
                neurons,
                null,
                null,
                null,
                at,
                List.of("everywhere"),
                List.of(1));
    }
}
