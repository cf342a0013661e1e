package dev.loupe.plan.ask;

import dev.loupe.hook.HookPoint;

/**
 * What planning needs to know of a dictionary of features that is attached to a model.
 *
 * @param reads the hook point whose activation it reads
 * @param writes the hook point whose activation it reconstructs
 * @param features how many it has
 * @param width how many numbers it reconstructs at a position
 * @param linear whether what it reconstructs is a sum of directions, one for each feature, and a bias
 * @param parameters how many numbers it keeps
 */
public record DictionaryShape(
        HookPoint reads, HookPoint writes, int features, int width, boolean linear, long parameters) {
    /** The layer that its features are named by. */
    public int layer() {
        return reads.layer();
    }
}
