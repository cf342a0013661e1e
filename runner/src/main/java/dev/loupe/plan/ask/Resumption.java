package dev.loupe.plan.ask;

import dev.loupe.hook.Site;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where in a block a run can be taken up, what it then needs of the run that it resumes, and where in one it can stop. */
public final class Resumption {
    private Resumption() {}

    /** The activations of the block that beginning at an entry takes. */
    public static List<Site> sites(Site entry) {
        return switch (entry) {
            case RESID_PRE -> List.of(Site.RESID_PRE);
            case Q -> List.of(Site.RESID_PRE, Site.Q, Site.K, Site.V);
            case Z -> List.of(Site.RESID_PRE, Site.Z);
            case RESID_MID -> List.of(Site.RESID_MID);
            default -> throw new IllegalArgumentException("no run begins at " + entry);
        };
    }

    /** The latest entry of a block from which a first edit at {@code site} is still met. */
    public static Site before(Site site, ModelShape shape) {
        if (site.ofDictionary()) {
            return Site.RESID_PRE;
        }
        boolean mid = !shape.attentionOnly() && !shape.parallel();
        if (mid && site.compareTo(Site.RESID_MID) >= 0) {
            return Site.RESID_MID;
        }
        if (site.compareTo(Site.Z) >= 0) {
            return Site.Z;
        }
        return site.compareTo(Site.Q) >= 0 ? Site.Q : Site.RESID_PRE;
    }

    /** The earliest place in a block, before its end, where a run can stop that reads and edits nothing after {@code site}; null for the end. */
    public static @Nullable Site after(Site site) {
        if (site.ofDictionary() || site.compareTo(Site.MLP_POST) > 0) {
            return null;
        }
        return site.compareTo(Site.RESID_MID) > 0 ? Site.MLP_POST : Site.RESID_MID;
    }
}
