package dev.loupe.execute.load;

import dev.loupe.plan.ask.ModelRef;
import java.util.List;

/** Makes models available by what a plan calls them. */
public interface ModelSupply {
    LoadedModel open(ModelRef ref);

    /** Several models in memory at the same time, until another one is opened. */
    List<LoadedModel> together(List<ModelRef> refs);
}
