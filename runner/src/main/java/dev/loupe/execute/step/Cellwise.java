package dev.loupe.execute.step;

import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ask.Combination;
import dev.loupe.plan.values.CellByCell;
import dev.loupe.plan.values.FamilyResults;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.Resampling;
import dev.loupe.result.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of {@link CellByCell}. Each resample of rows is combined by itself, drawn alike for all parts, so that parts of
 * the same rows stay paired. What is undefined on all rows stays so in every resample.
 *
 * @param parts of the same axes in the same order
 */
public record Cellwise(List<Part> parts, Combination take, double least) implements Sample {
    /**
     * One result.
     *
     * @param exact its numbers on all rows
     * @param sample its rows, null where the numbers are exact
     */
    public record Part(NamedArray exact, @Nullable Sample sample) {
        NamedArray on(Resampling resampling, int b) {
            return sample == null ? exact : sample.replicate(resampling, b);
        }

        Part at(String axis, int index) {
            return new Part(exact.at(axis, index), sample == null ? null : sample.at(axis, index));
        }
    }

    public static StepValue of(CellByCell step, Function<Integer, StepValue> done) {
        List<Part> parts = new ArrayList<>();
        for (FamilyResults read : step.read()) {
            StepValue value = done.apply(read.results().get(0));
            Part whole = new Part(value.estimate(), sample(value));
            parts.add(read.partsAxis().isEmpty() ? whole : whole.at(read.partsAxis(), read.part()));
        }
        Cellwise all = new Cellwise(parts, step.take(), step.least());
        boolean sampled = parts.stream().anyMatch(part -> part.sample() != null);
        return sampled ? new StepValue.Sampled(all) : new StepValue.Numbers(all.estimate());
    }

    private static @Nullable Sample sample(StepValue value) {
        return value instanceof StepValue.Table table
                ? table.table()
                : value instanceof StepValue.Sampled over ? over.sample() : null;
    }

    @Override
    public List<Axis> axes() {
        return parts.get(0).exact().axes();
    }

    @Override
    public int rows() {
        return parts.stream()
                .map(Part::sample)
                .mapToInt(sample -> sample == null ? Integer.MAX_VALUE : sample.rows())
                .min()
                .orElse(0);
    }

    @Override
    public NamedArray estimate() {
        return combined(parts.stream().map(Part::exact).toList());
    }

    @Override
    public NamedArray replicate(Resampling resampling, int b) {
        NamedArray all = estimate();
        NamedArray drawn =
                combined(parts.stream().map(part -> part.on(resampling, b)).toList());
        for (int i = 0; i < all.data().length; i++) {
            drawn.data()[i] = Double.isNaN(all.data()[i]) ? Double.NaN : drawn.data()[i];
        }
        return drawn;
    }

    private NamedArray combined(List<NamedArray> numbers) {
        double[] out = numbers.get(0).data().clone();
        for (NamedArray next : numbers.subList(1, numbers.size())) {
            double[] right = next.inOrderOf(axes()).data();
            for (int i = 0; i < out.length; i++) {
                out[i] = take.of(out[i], right[i], least);
            }
        }
        return new NamedArray(axes(), out);
    }

    @Override
    public Sample at(String axis, int index) {
        return new Cellwise(parts.stream().map(part -> part.at(axis, index)).toList(), take, least);
    }
}
