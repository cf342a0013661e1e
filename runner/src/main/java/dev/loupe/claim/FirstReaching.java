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

/** Where along an axis a curve first reaches a share of what it ends at: with share 0.5 the k50 of a cumulative curve. */
@Named("reaches")
@Doc("The first label of a numeric axis (`k`) at which a measurement reaches a share of its last number; "
        + "undefined if the last number is 0 or less.")
@Example("{reaches: curves, along: k, share: 0.5, where: {by: exact}}")
public record FirstReaching(
        @Doc("The measurement.") @NameOf("measure") String reaches,

        @Doc("The axis. Its labels are numbers, and it is the only axis that remains after `where`.")
        String along,

        @Default("0.5") @Doc("The share of the last number.")
        double share,

        @Default("{}") @Doc("Labels by axis.") Map<String, String> where)
        implements Expression {
    public FirstReaching {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("`share` must be greater than 0 and at most 1");
        }
    }

    @Override
    public double value(Findings findings, int b) {
        NumberedCurve curve = NumberedCurve.of(findings, reaches, along, where, b);
        double[] at = curve.at();
        double[] values = curve.values();
        double last = values[values.length - 1];
        for (int i = 0; last > 0 && i < values.length; i++) {
            if (values[i] >= share * last) {
                return at[i];
            }
        }
        return Double.NaN;
    }

    @Override
    public Set<String> axes() {
        return Stream.concat(Stream.of(along), where.keySet().stream()).collect(Collectors.toSet());
    }

    @Override
    public List<String> references() {
        return List.of(reaches);
    }
}
