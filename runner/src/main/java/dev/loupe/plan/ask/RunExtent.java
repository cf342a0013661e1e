package dev.loupe.plan.ask;

import dev.loupe.hook.Site;
import java.util.function.IntUnaryOperator;

/**
 * Which part of a network a run computes, and from what.
 *
 * @param startLayer 0 starts from tokens; a later layer starts from the residual before it in {@code resumeFrom}
 * @param entry where in {@code startLayer} it begins: what lies before this site is as in {@code resumeFrom}
 * @param resumeFrom the step whose activations it takes up, -1 for none
 * @param stopLayer the first layer that is not run; the number of layers runs all
 * @param span the positions that are run
 */
public record RunExtent(int startLayer, Site entry, int resumeFrom, int stopLayer, Span span) {
    /** Every position, from the beginning of the first layer. */
    public static RunExtent upTo(int stopLayer) {
        return new RunExtent(0, Site.RESID_PRE, -1, stopLayer, Span.ALL);
    }

    public RunExtent stoppingAt(int layer) {
        return new RunExtent(startLayer, entry, resumeFrom, layer, span);
    }

    /** The same part, taken up from the activations of another run. */
    public RunExtent resuming(int base, int layer, Site site) {
        return new RunExtent(layer, site, base, stopLayer, span);
    }

    /** The same part at other positions, those that are left out being as in {@code base}. */
    public RunExtent spanning(Span positions, int base) {
        return new RunExtent(startLayer, entry, base, stopLayer, positions);
    }

    /** With the step that it resumes under its new name. */
    public RunExtent renamed(IntUnaryOperator names) {
        return resumeFrom < 0 ? this : new RunExtent(startLayer, entry, names.applyAsInt(resumeFrom), stopLayer, span);
    }
}
