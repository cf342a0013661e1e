package dev.loupe.resolve.model;

import dev.loupe.schema.problem.DidYouMean;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A model that a spec names and that no folder of models and no card knows. */
public final class AbsentModel extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final @Nullable String meant;

    private AbsentModel(String name, @Nullable String meant, String message) {
        super(message);
        this.name = name;
        this.meant = meant;
    }

    /**
     * @param folders where models were looked for, in words
     * @param known the names of all models that are known
     */
    static AbsentModel of(String name, String folders, Collection<String> known) {
        String near = DidYouMean.to(name, known);
        return new AbsentModel(
                name,
                near,
                "no model `" + name + "` in " + folders
                        + (near == null ? "; `loupe list` prints all models" : "; did you mean `" + near + "`?"));
    }

    /** What the spec calls it. */
    public String name() {
        return name;
    }

    /** The known model that was probably meant; null where no name is near, and the model is one that is elsewhere. */
    public @Nullable String meant() {
        return meant;
    }
}
