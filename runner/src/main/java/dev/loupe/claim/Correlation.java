package dev.loupe.claim;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether two measurements agree up to a line: Pearson's r. */
@Named("correlation")
@Doc(
        "Pearson's correlation of two measurements with the same axes: 1 if one is a rising line of the other, 0 if they are "
                + "not linearly related. Components that are undefined in either do not count. `rank-correlation` (Spearman) asks "
                + "only for the same order.")
@Example("{correlation: [by-zero, by-mean]}")
public record Correlation(
        @Doc("The two measurements.") @NameOf("measure") List<String> correlation,

        @Default("{}") @Doc("Labels by axis, of both measurements.")
        Map<String, String> where)
        implements Expression {
    public Correlation {
        correlation = PairedComponents.two(correlation, "correlation");
    }

    @Override
    public double value(Findings findings, int b) {
        PairedComponents pairs = PairedComponents.of(correlation, where, findings, b);
        return PairedComponents.correlation(pairs.x(), pairs.y());
    }

    @Override
    public Set<String> axes() {
        return where.keySet();
    }

    @Override
    public List<String> references() {
        return correlation;
    }
}
