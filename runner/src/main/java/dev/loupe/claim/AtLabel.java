package dev.loupe.claim;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where along an axis a curve is largest. */
@Named("at-label")
@Doc("The label of a numeric axis at which a measurement is largest, the first of several; undefined if no number is "
        + "defined.")
@Example("{at-label: curve, along: offset}")
public record AtLabel(
        @Key("at-label") @Doc("The measurement.") @NameOf("measure")
        String curve,

        @Doc(
                "The axis. Its labels are numbers, and it is the only axis with several labels that remains after `where`.")
        String along,

        @Default("{}") @Doc("Labels by axis.") Map<String, String> where)
        implements Expression {
    @Override
    public double value(Findings findings, int b) {
        NumberedCurve numbers = NumberedCurve.of(findings, curve, along, where, b);
        int best = -1;
        for (int i = 0; i < numbers.values().length; i++) {
            double value = numbers.values()[i];
            if (!Double.isNaN(value) && (best < 0 || value > numbers.values()[best])) {
                best = i;
            }
        }
        return best < 0 ? Double.NaN : numbers.at()[best];
    }

    @Override
    public Set<String> axes() {
        return Stream.concat(Stream.of(along), where.keySet().stream()).collect(Collectors.toSet());
    }

    @Override
    public List<String> references() {
        return List.of(curve);
    }
}
