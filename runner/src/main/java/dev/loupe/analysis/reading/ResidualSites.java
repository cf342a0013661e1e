package dev.loupe.analysis.reading;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.ModelShape;

/**
 * What attribution has to know of a model beyond its shape.
 *
 * @param scaled whether there is a final normalisation
 * @param placed whether positions are added to the embedding
 * @param mid whether the residual stream can be seen between attention and MLP
 */
public record ResidualSites(boolean scaled, boolean placed, boolean mid) {
    public static ResidualSites of(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        return new ResidualSites(
                planning.has(Site.LN_FINAL_SCALE),
                planning.has(Site.POS_EMBED),
                !shape.attentionOnly() && !shape.parallel() && planning.has(Site.RESID_MID));
    }
}
