package dev.loupe.analysis.families;

import dev.loupe.analysis.Analysis;
import java.util.List;

/**
 * Analyses of the results of another measurement, in all models of its family at once. The permits clause is all there
 * are. Such a measurement has the models and rows of the one that it reads, so that it names none itself.
 */
public sealed interface FamilyAnalysis extends Analysis permits Reduce, ChangePoint, DistributionDistance {
    /** The result that is read, such as {@code loss} or {@code scores.IND}. */
    String of();

    /** The axes that its own result lacks, of the models' and of the result's. */
    List<String> over();
}
