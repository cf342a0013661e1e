package dev.loupe.analysis.families;

import dev.loupe.analysis.Analysis;
import java.util.List;

/**
 * Analyses of the results of other measurements, in all models of their families at once. The permits clause is all there
 * are. Such a measurement has the models and rows of those that it reads, so that it names none itself.
 */
public sealed interface FamilyAnalysis extends Analysis permits Reduce, ChangePoint, Combine, DistributionDistance {
    /** The results that are read, such as {@code loss} or {@code scores.IND}. */
    List<String> of();

    /** The axes that its own result lacks, of the models' and of the result's. */
    List<String> over();

    /** Whether its numbers have the unit of those that it reads. */
    boolean keepsUnit();
}
