package dev.loupe.intervention.select;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.OneOrMany;
import java.util.List;

/** What every intervention says of the others of its run. */
public record Earlier(
        @OneOrMany
        @Default("[]")
        @Doc("Interventions that are applied before this one in the same run.")
        @NameOf("intervention")
        List<String> after) {
    /** The intervention is the first of its run. */
    public static final Earlier NONE = new Earlier(List.of());
}
