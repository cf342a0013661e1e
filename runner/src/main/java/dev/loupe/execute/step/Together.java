package dev.loupe.execute.step;

import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.values.OverModels;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Reduced;
import dev.loupe.result.Sample;
import dev.loupe.result.Stacked;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arithmetic of {@link OverModels}. */
public final class Together {
    private Together() {}

    /** @param values the result in each model, in their order */
    public static StepValue of(OverModels step, List<StepValue> values) {
        List<Sample> samples = new ArrayList<>();
        List<NamedArray> exact = new ArrayList<>();
        for (StepValue value : values) {
            Sample sample = sample(value);
            if (sample != null) {
                samples.add(step.partsAxis().isEmpty() ? sample : sample.at(step.partsAxis(), step.part()));
            } else {
                NamedArray whole = ((StepValue.Numbers) value).numbers();
                exact.add(step.partsAxis().isEmpty() ? whole : whole.at(step.partsAxis(), step.part()));
            }
        }
        if (exact.isEmpty()) {
            return new StepValue.Sampled(
                    new Reduced(new Stacked(step.leading(), samples), step.over(), step.take()));
        }
        return new StepValue.Numbers(Reduced.of(NamedArray.stack(step.leading(), exact), step.over(), step.take()));
    }

    private static @Nullable Sample sample(StepValue value) {
        return value instanceof StepValue.Table table
                ? table.table()
                : value instanceof StepValue.Sampled over ? over.sample() : null;
    }
}
