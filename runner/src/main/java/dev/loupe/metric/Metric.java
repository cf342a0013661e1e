package dev.loupe.metric;

import dev.loupe.hook.HookPoint;
import dev.loupe.metric.answer.AnswerMetric;
import dev.loupe.metric.inside.InsideMetric;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.token.TokenMetric;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.build.Chosen;
import dev.loupe.plan.build.Planning;
import dev.loupe.result.Axis;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Groups;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * What is read from a model's output, one number per row or one for each entry of an axis. The groups are the registry: a new metric is one record,
 * one word here and one test.
 */
@Groups({AnswerMetric.class, TokenMetric.class, InsideMetric.class})
public interface Metric extends RowReading {
    /**
     * The same metric for one model, what earlier measurements choose there filled in.
     *
     * @throws IllegalArgumentException where the model lacks what is read
     */
    default Metric in(Planning planning) {
        return this;
    }

    @Override
    default Metric renamed(IntUnaryOperator names) {
        return this;
    }

    /** Which components are read, as a sentence; empty where it reads the output. */
    default String describe(Chosen chosen) {
        return "";
    }

    /** Nothing inside the model, unless a metric says so: most read its output. */
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
