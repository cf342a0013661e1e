package dev.loupe.metric;

import dev.loupe.hook.HookPoint;
import dev.loupe.metric.answer.AnswerMetric;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.token.TokenMetric;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Groups;
import java.util.List;

/**
 * What is read from a model's output, one number per row or one for each entry of an axis. The groups are the registry: a new metric is one record,
 * one word here and one test.
 */
@Groups({AnswerMetric.class, TokenMetric.class})
public interface Metric extends RowReading {
    /** Nothing inside the model: a metric reads its output. */
    @Override
    default List<HookPoint> captures(ModelShape shape) {
        return List.of();
    }

    /** One number per row, unless the metric has an axis of its own. */
    @Override
    default List<Axis> axes(ModelShape shape) {
        return List.of();
    }

    /** The unit of its values, empty for a pure number. */
    String unit();

    /** Whether a larger value means that the model does better at what is asked; a loss is better where it is smaller. */
    boolean higherIsBetter();

    /** On which side of chance a find by these metrics stands: that of the first, or above without one. */
    static Side side(List<Metric> metrics) {
        return metrics.isEmpty() || metrics.get(0).higherIsBetter() ? Side.HIGHER : Side.LOWER;
    }

    /**
     * Two means closer than this count as equal, so that a share of their difference is undefined; 0 where only equal ones
     * do.
     */
    default double distinct() {
        return 0;
    }

    /** The formula, for captions. */
    String formula();
}
