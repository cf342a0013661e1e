package dev.loupe.execute.load;

import dev.loupe.plan.ask.ModelRef;

/** Makes models available by what a plan calls them. */
public interface ModelSupply {
    LoadedModel open(ModelRef ref);
}
