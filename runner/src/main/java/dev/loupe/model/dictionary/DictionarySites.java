package dev.loupe.model.dictionary;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import java.util.Set;
import java.util.stream.Collectors;

/** The places of a layer that dictionaries can be at. */
final class DictionarySites {
    /** Where an activation has one vector for each position. */
    private static final Set<Site> ONE_VECTOR =
            Set.of(Site.RESID_PRE, Site.RESID_MID, Site.RESID_POST, Site.ATTN_OUT, Site.MLP_OUT, Site.MLP_POST, Site.Z);

    /** What a transcoder may read; it writes what the MLP of the same layer writes. */
    private static final Set<Site> BEFORE_MLP = Set.of(Site.RESID_MID, Site.MLP_IN, Site.LN2_NORMALIZED);

    private DictionarySites() {}

    /** What can be read. */
    static Set<Site> read(boolean transcodes) {
        return transcodes ? BEFORE_MLP : ONE_VECTOR;
    }

    /** The same in words. */
    static String readable(boolean transcodes) {
        return "a " + (transcodes ? "transcoder" : "dictionary") + " can be at " + shown(read(transcodes));
    }

    static String shown(Set<Site> sites) {
        return sites.stream().map(Site::shown).sorted().collect(Collectors.joining(", "));
    }

    /** What a transcoder writes that reads a place. */
    static HookPoint written(HookPoint reads) {
        return HookPoint.of(Site.MLP_OUT, reads.layer());
    }
}
