package dev.loupe.analysis.planning;

import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import java.util.Arrays;
import java.util.List;

/**
 * What stands where a measurement is undefined: numbers of the same axes, none of them a number.
 *
 * @param axes those that the measurement would have had
 * @param reason why there is nothing to measure
 */
public record Undefined(List<Axis> axes, String reason) implements ModelComputation {
    public Undefined {
        axes = List.copyOf(axes);
    }

    @Override
    public NamedArray compute(WeightAccess weights) {
        double[] out = new double[NamedArray.sizeOf(axes)];
        Arrays.fill(out, Double.NaN);
        return new NamedArray(axes, out);
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return axes;
    }

    @Override
    public String label() {
        return "undefined: " + reason;
    }

    @Override
    public long flops(ModelShape shape) {
        return 0;
    }
}
