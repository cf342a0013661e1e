package dev.loupe.plan.ask;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Edges chosen by the numbers of an earlier measurement, in each model by its own numbers. */
@Doc("Edges selected by an earlier measurement with axes upstream and downstream, separately for each model.")
public record FoundEdges(
        @Doc("The measurement, such as `eap.estimate` or `circuit.kept`.") @NameOf("measure")
        String by,

        @OneOrMany
        @Default("[]")
        @Doc("Number of edges to select, largest magnitude first; several numbers are swept on an axis `edges`.")
        List<Integer> best,

        @Nullable @Doc("Only edges with a magnitude above this.")
        Double above) {
    public FoundEdges {
        best = List.copyOf(best);
        if (best.isEmpty() && above == null) {
            throw new IllegalArgumentException("select edges with `best: COUNT` or `above: VALUE`");
        }
        if (best.stream().anyMatch(n -> n < 0)) {
            throw new IllegalArgumentException("`best` must be at least 0");
        }
        if (best.stream().distinct().count() < best.size()) {
            throw new IllegalArgumentException("`best` contains a number twice");
        }
    }

    /** The choice in words. */
    public String describe() {
        String counts = String.join(", ", best.stream().map(String::valueOf).toList());
        String which = best.isEmpty()
                ? "all edges with a magnitude of `" + by + "`"
                : best.equals(List.of(1))
                        ? "the edge with the largest magnitude of `" + by + "`"
                        : "the " + counts + " edges with the largest magnitudes of `" + by + "`";
        return which + (best.size() > 1 ? " in turn" : "") + (above == null ? "" : " above " + above);
    }

    /** At most so many, the largest count where there are several. */
    public int most() {
        return best.stream().mapToInt(Integer::intValue).max().orElse(Integer.MAX_VALUE);
    }
}
