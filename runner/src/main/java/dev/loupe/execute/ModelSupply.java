package dev.loupe.execute;

import dev.loupe.plan.ask.ModelRef;

/** Makes models available by what a plan calls them. */
interface ModelSupply {
    LoadedModel open(ModelRef ref);
}
