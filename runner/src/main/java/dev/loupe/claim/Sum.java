package dev.loupe.claim;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sum, undefined as soon as one of its terms is. */
@Named("sum")
@Doc("Sum of all numbers of a measurement; undefined if one of them is undefined.")
@Example("{sum: alone, where: {by: exact}}")
public record Sum(
        @Doc("The measurement.") @NameOf("measure") String sum,
        @Default("{}") @Doc("Labels by axis.") Map<String, String> where)
        implements Expression {
    @Override
    public double value(Findings findings, int b) {
        return Arrays.stream(AxisSelection.narrow(findings.get(sum), where)
                        .replicate(findings.resampling(), b)
                        .data())
                .sum();
    }

    @Override
    public Set<String> axes() {
        return where.keySet();
    }

    @Override
    public List<String> references() {
        return List.of(sum);
    }
}
