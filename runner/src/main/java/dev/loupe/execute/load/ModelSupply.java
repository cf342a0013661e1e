package dev.loupe.execute.load;

import dev.loupe.plan.ask.ModelRef;

/** Makes models available by what a plan calls them. */
public interface ModelSupply {
    LoadedModel open(ModelRef ref);

    /** Another model beside the open one, in memory until the caller closes it. */
    LoadedModel beside(ModelRef ref);
}
