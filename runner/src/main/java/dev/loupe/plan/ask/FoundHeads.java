package dev.loupe.plan.ask;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.OnlyWith;
import org.jspecify.annotations.Nullable;

/** Heads chosen by the numbers of an earlier measurement, in each model by its own numbers. */
@Doc("Heads selected by an earlier measurement with axes layer and head, separately for each model.")
public record FoundHeads(
        @Doc("The measurement, such as `scores.IND`.") @NameOf("measure")
        String by,

        @Nullable @Doc("Keep heads above this value.") Double above,

        @Nullable @Doc("Keep heads below this value.") Double below,

        @Nullable @Doc("Maximum number of heads, best first.")
        Integer best,

        @Nullable @Doc("Only heads of this layer.") Integer layer,

        @OnlyWith("best") @Default("false") @Doc("Select the lowest values instead of the highest.")
        boolean lowest) {
    public FoundHeads {
        if (above == null && below == null && best == null) {
            throw new IllegalArgumentException("select heads with `above: VALUE`, `below: VALUE` or `best: COUNT`");
        }
        if (best != null && best < 1) {
            throw new IllegalArgumentException("`best` must be at least 1");
        }
    }

    /** The choice in words. */
    public String describe() {
        String of = layer == null ? "" : " of layer " + layer;
        String which = best == null
                ? "all heads" + of + " with `" + by + "`"
                : (best == 1 ? "the head" : "the " + best + " heads") + of + " with the "
                        + (lowest ? "lowest" : "highest") + " `" + by + "`";
        return which
                + (above == null ? "" : " above " + above)
                + (below == null ? "" : (above == null ? "" : " and") + " below " + below);
    }
}
