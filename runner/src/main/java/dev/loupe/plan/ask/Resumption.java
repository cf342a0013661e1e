package dev.loupe.plan.ask;

import dev.loupe.hook.Site;
import java.util.List;

/** Where in a block a run can be taken up, and what it then needs of the run that it resumes. */
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
}
