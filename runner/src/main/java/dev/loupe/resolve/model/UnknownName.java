package dev.loupe.resolve.model;

import dev.loupe.schema.problem.DidYouMean;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A name of which nothing is there: what was probably meant, or what there is. */
public final class UnknownName {
    private UnknownName() {}

    /** The fault of asking for it. */
    public static IllegalArgumentException of(String kind, String name, Set<String> all) {
        @Nullable String near = DidYouMean.to(name, all);
        String hint = near != null
                ? "; did you mean `" + near + "`?"
                : all.isEmpty()
                        ? "; this spec has none"
                        : all.equals(Set.of("default"))
                                ? "; the only one of this spec has no name and is called `default`"
                                : "; known: " + String.join(", ", all);
        return new IllegalArgumentException("there is no " + kind + " `" + name + "`" + hint);
    }
}
