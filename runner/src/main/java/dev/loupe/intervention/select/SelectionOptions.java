package dev.loupe.intervention.select;

import dev.loupe.plan.ask.FoundHeads;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Inline;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where at a site an intervention acts, as its options say it: components and positions that go together, and axes that are
 * swept. With its sites it is a {@link SiteSelection}.
 */
public record SelectionOptions(
        @Inline ComponentOptions components,

        @Default("[]") @Doc("Neurons such as `L3N110`, taken together.")
        List<NeuronName> neurons,

        @OneOrMany
        @Default("everywhere")
        @Doc("Without `pos` or `dest` in `over`: named positions or position classes, with `over: position` by turns;"
                + " `everywhere` for all positions.")
        List<String> at,

        @OneOrMany
        @Default("everywhere")
        @Doc("At `attn.pattern` and `attn.scores`: names of the keys' positions, where `at` names the queries'.")
        List<String> keys,

        @OneOrMany
        @Default("1")
        @Doc("So many adjacent layers around each swept one are taken together; several numbers are swept on an axis"
                + " `window`.")
        List<Integer> window) {
    /** Components at named positions, with every key and one layer at a time. */
    public SelectionOptions(ComponentOptions components, List<String> at) {
        this(components, List.of(), at, List.of("everywhere"), List.of(1));
    }

    /** Layers or heads that go together at named positions. */
    public static SelectionOptions together(
            List<Integer> layers, List<HeadName> heads, @Nullable FoundHeads headsFrom, List<String> at) {
        return new SelectionOptions(new ComponentOptions(List.of(), layers, heads, headsFrom), at);
    }
}
