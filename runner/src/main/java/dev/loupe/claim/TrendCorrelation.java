package dev.loupe.claim;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a curve goes up with its axis: Spearman's rho of its numbers with the axis's labels. */
@Named("trend")
@Doc(
        "Spearman's rank correlation of a measurement with the numbers that label an axis: 1 if it rises along the axis, -1 "
                + "if it falls. Labels at which it is undefined do not count.")
@Example("{trend: score, along: key_token}")
public record TrendCorrelation(
        @Doc("The measurement.") @NameOf("measure") String trend,

        @Doc(
                "The axis. Its labels are numbers, and it is the only axis with several labels that remains after `where`.")
        String along,

        @Default("{}") @Doc("Labels by axis.") Map<String, String> where)
        implements Expression {
    @Override
    public double value(Findings findings, int b) {
        NumberedCurve curve = NumberedCurve.of(findings, trend, along, where, b);
        return RankCorrelation.spearman(PairedComponents.defined(curve.at(), curve.values()));
    }

    @Override
    public Set<String> axes() {
        return Stream.concat(Stream.of(along), where.keySet().stream()).collect(Collectors.toSet());
    }

    @Override
    public List<String> references() {
        return List.of(trend);
    }
}
