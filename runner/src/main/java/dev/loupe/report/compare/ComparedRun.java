package dev.loupe.report.compare;

import dev.loupe.result.Quantity;
import dev.loupe.result.RunResult;
import dev.loupe.result.store.Resamples;
import java.util.List;
import java.util.Optional;

/**
 * One of the runs that are compared.
 *
 * @param label what it is called on the page, such as the name of its folder
 */
public record ComparedRun(String label, RunResult result, Resamples resamples) {
    List<Quantity> quantities() {
        return result.artifacts().stream()
                .filter(Quantity.class::isInstance)
                .map(Quantity.class::cast)
                .toList();
    }

    Optional<Quantity> quantity(String name) {
        return quantities().stream().filter(q -> q.name().equals(name)).findFirst();
    }

    /** One number of a result with its interval and its resamples. */
    Difference.Side side(Quantity quantity, int number) {
        var interval = quantity.interval();
        return interval == null
                ? new Difference.Side(quantity.estimate().data()[number], Double.NaN, Double.NaN, null)
                : new Difference.Side(
                        quantity.estimate().data()[number],
                        interval.low().data()[number],
                        interval.high().data()[number],
                        resamples.of(
                                quantity.name(), number, quantity.estimate().data().length));
    }
}
