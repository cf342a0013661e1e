package dev.loupe.claim;

import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The largest of several numbers: for claims that hold in one way or another. */
@Named("larger-of")
@Doc(
        "The largest of several numbers, in each model for itself; undefined if one of them is. For what can come about in "
                + "several ways.")
@Example("{larger-of: [{max: scores.PREV}, {max: scores.IND}]}")
public record LargerOf(
        @Key("larger-of") @Doc("Two expressions or more.") List<Expression> all) implements Expression {
    public LargerOf {
        all = List.copyOf(all);
        if (all.size() < 2) {
            throw new IllegalArgumentException("`larger-of` takes two expressions or more, got " + all.size());
        }
    }

    @Override
    public double value(Findings findings, int b) {
        return all.stream().mapToDouble(e -> e.value(findings, b)).reduce(Double.NEGATIVE_INFINITY, Math::max);
    }

    /** That of the expression whose estimate is largest. */
    @Override
    public @Nullable String component(Findings findings) {
        double value = value(findings, -1);
        return all.stream()
                .filter(e -> e.value(findings, -1) == value)
                .findFirst()
                .map(e -> e.component(findings))
                .orElse(null);
    }

    @Override
    public Set<String> axes() {
        return all.stream().flatMap(e -> e.axes().stream()).collect(Collectors.toSet());
    }

    @Override
    public List<String> references() {
        return names(Expression::references);
    }

    @Override
    public List<String> resampled() {
        return names(Expression::resampled);
    }

    private List<String> names(Function<Expression, List<String>> of) {
        return all.stream().flatMap(e -> of.apply(e).stream()).distinct().toList();
    }
}
