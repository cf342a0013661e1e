package dev.loupe.plan.ask;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.OnlyWith;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Components chosen by the numbers of an earlier measurement, in each model by its own numbers. */
@Doc("Components selected by an earlier measurement, separately for each model. The measurement has the axes of the "
        + "components, `layer` and `head` or `layer` and `neuron`; `where` narrows it to them. A `label-search` selects the "
        + "neurons that it found: `{by: find, where: {label: depth.1}, best: 1}`.")
public record Found(
        @Doc("The measurement, such as `scores.IND`.") @NameOf("measure")
        String by,

        @Nullable @Doc("Keep components above this value.") Double above,

        @Nullable @Doc("Keep components below this value.") Double below,

        @Nullable @Doc("Maximum number of components, best first. Required where a layer has more than 64.")
        Integer best,

        @Nullable @Doc("Only components of this layer.") Integer layer,

        @OnlyWith("best") @Default("false") @Doc("Select the lowest values instead of the highest.")
        boolean lowest,

        @Default("{}") @Doc("Labels by axis of the measurement.")
        Map<String, String> where) {
    public Found {
        where = Collections.unmodifiableMap(new LinkedHashMap<>(where));
        if (above == null && below == null && best == null) {
            throw new IllegalArgumentException(
                    "select components with `above: VALUE`, `below: VALUE` or `best: COUNT`");
        }
        if (best != null && best < 1) {
            throw new IllegalArgumentException("`best` must be at least 1");
        }
    }

    /** By a measurement that has the axes of the components and no other. */
    public Found(
            String by,
            @Nullable Double above,
            @Nullable Double below,
            @Nullable Integer best,
            @Nullable Integer layer,
            boolean lowest) {
        this(by, above, below, best, layer, lowest, Map.of());
    }

    /** The choice in words. */
    public String describe(ComponentKind kind) {
        String of = layer == null ? "" : " of layer " + layer;
        String one = kind.word();
        String which = best == null
                ? "all " + one + "s" + of + " with `" + by + "`"
                : (best == 1 ? "the " + one : "the " + best + " " + one + "s") + of + " with the "
                        + (lowest ? "lowest" : "highest") + " `" + by + "`";
        StringBuilder at = new StringBuilder();
        where.forEach((axis, label) -> at.append(at.length() == 0 ? " at " : ", ")
                .append(axis)
                .append(' ')
                .append(label));
        return which
                + at
                + (above == null ? "" : " above " + above)
                + (below == null ? "" : (above == null ? "" : " and") + " below " + below);
    }
}
