package dev.loupe.execute.edit;

import ai.djl.ndarray.NDArray;
import dev.loupe.failure.UserInputException;
import dev.loupe.hook.HookPoint;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.edit.Direction;
import dev.loupe.plan.edit.DirectionEdit;
import dev.loupe.result.NamedArray;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/** Directions as numbers, and what is done along them. */
public final class Directions {
    private Directions() {}

    /** The numbers of a direction of the last axis of a point's activation. */
    public static float[] of(Direction direction, HookPoint point, Map<Integer, StepValue> done) {
        if (direction instanceof Direction.Given given) {
            return given.values();
        }
        if (direction instanceof Direction.RandomLike random) {
            float[] like = of(random.like(), point, done);
            double length = length(like);
            float[] drawn = new float[like.length];
            // Each layer its own draw.
            new Gaussian(random.seed(), point.layer()).fill(drawn, 0, drawn.length, 1);
            double scale = length / length(drawn);
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] *= (float) scale;
            }
            return drawn;
        }
        if (direction instanceof Direction.DifferenceOfMeans means
                && done.get(means.toward()) instanceof StepValue.Activation toward
                && done.get(means.away()) instanceof StepValue.Activation away) {
            return new DifferenceParts(toward, away).sum();
        }
        if (direction instanceof Direction.OfStep of) {
            return ofStep(of, point, Objects.requireNonNull(done.get(of.step())).estimate());
        }
        throw new IllegalStateException("no value for " + direction);
    }

    private static float[] ofStep(Direction.OfStep of, HookPoint point, NamedArray numbers) {
        NamedArray there = numbers;
        for (Map.Entry<String, Integer> place : of.at().entrySet()) {
            there = there.at(place.getKey(), place.getValue());
        }
        float[] out = new float[there.data().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) there.data()[i];
            if (!Float.isFinite(out[i])) {
                throw new UserInputException("the direction at " + point.name()
                        + " is undefined: the measurement that gives it has no numbers there");
            }
        }
        return out;
    }

    private static double length(float[] vector) {
        double sum = 0;
        for (float x : vector) {
            sum += (double) x * x;
        }
        return Math.sqrt(sum);
    }

    /** Scaled to length 1. One of length 0, such as the difference of equal means, stays: no edit changes anything along it. */
    public static float[] unit(float[] direction) {
        double length = length(direction);
        if (!Double.isFinite(length)) {
            throw new UserInputException("a direction has the length " + length + ", so that it points nowhere");
        }
        float[] unit = direction.clone();
        for (int i = 0; length != 0 && i < unit.length; i++) {
            unit[i] = (float) (unit[i] / length);
        }
        return unit;
    }

    /** Scaled to length 1, to read a coordinate along it. One of length 0 has none, so that what is read is undefined. */
    public static float[] axis(float[] direction) {
        float[] axis = unit(direction);
        if (length(direction) == 0) {
            Arrays.fill(axis, Float.NaN);
        }
        return axis;
    }

    /**
     * @param x [..., d]
     * @param d [1, ..., d]: the direction itself where it is added, otherwise of length 1
     */
    static NDArray changed(NDArray x, NDArray d, DirectionEdit along) {
        return switch (along.how()) {
            case ADD -> x.add(d.mul(along.amount()));
            case CLAMP -> x.add(coordinate(x, d).sub(along.amount()).neg().mul(d));
            case PROJECT_OUT -> x.sub(coordinate(x, d).mul(d));
        };
    }

    /** x with y's coordinate along the direction of length 1. */
    static NDArray within(NDArray x, NDArray y, NDArray unit) {
        return x.add(coordinate(y.sub(x), unit).mul(unit));
    }

    private static NDArray coordinate(NDArray x, NDArray unit) {
        return x.mul(unit).sum(new int[] {x.getShape().dimension() - 1}, true);
    }
}
