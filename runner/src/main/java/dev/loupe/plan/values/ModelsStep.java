package dev.loupe.plan.values;

import dev.loupe.plan.WithModel;

/** A step that runs several models on the same rows, all of them in memory together; the permits clause is all there are. */
public sealed interface ModelsStep extends WithModel permits AgreeModels {
    @Override
    default boolean together() {
        return true;
    }
}
