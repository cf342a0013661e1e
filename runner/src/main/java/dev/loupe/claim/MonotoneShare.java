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

/** How steadily a curve rises. */
@Named("monotone-share")
@Doc("Share of steps from one label of an axis to the next at which a measurement rises: 1 if it always rises, 0 if it "
        + "never does; undefined if a number is.")
@Example("{monotone-share: score, along: key_token}")
public record MonotoneShare(
        @Key("monotone-share") @Doc("The measurement.") @NameOf("measure")
        String curve,

        @Doc(
                "The axis. Its labels are numbers, and it is the only axis with several labels that remains after `where`.")
        String along,

        @Default("{}") @Doc("Labels by axis.") Map<String, String> where)
        implements Expression {
    @Override
    public double value(Findings findings, int b) {
        double[] values = NumberedCurve.of(findings, curve, along, where, b).values();
        int rising = 0;
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                return Double.NaN;
            }
            rising += i > 0 && values[i] > values[i - 1] ? 1 : 0;
        }
        return values.length < 2 ? Double.NaN : rising / (values.length - 1.0);
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
