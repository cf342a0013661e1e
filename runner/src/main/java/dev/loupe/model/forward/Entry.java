package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import dev.loupe.hook.Site;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values with which a pass begins in the middle of its first block; what comes before them in that block is neither run nor
 * shown to a visitor. The residual stream of the pass is then the one that the block began with, or at {@code RESID_MID} the
 * one between attention and MLP.
 *
 * @param at {@code Q} where queries, keys and values are given, {@code Z} where what the heads read is, {@code RESID_MID}
 * @param values by site, with the axes of the site
 */
public record Entry(Site at, Map<Site, NDArray> values) {
    public Entry {
        if (at != Site.Q && at != Site.Z && at != Site.RESID_MID) {
            throw new IllegalArgumentException("no pass begins at " + at);
        }
        values = Map.copyOf(values);
    }

    static boolean is(@Nullable Entry entry, Site site) {
        return entry != null && entry.at() == site;
    }

    NDArray value(Site site) {
        NDArray value = values.get(site);
        if (value == null) {
            throw new IllegalArgumentException("a pass that begins at " + at + " needs " + site);
        }
        return value;
    }
}
