package dev.loupe.metric;

import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RowTable;
import java.util.List;

/** What a finished step of a plan is worth, in main memory. */
public sealed interface StepValue {
    /** One value per row. */
    record Table(RowTable table) implements StepValue {}

    /** Exact numbers. */
    record Numbers(NamedArray numbers) implements StepValue {}

    /**
     * A mean activation.
     *
     * @param shape axes of the site without the batch axis; a position axis of size 1 stands for every position
     * @param data row-major
     */
    record Activation(long[] shape, float[] data) implements StepValue {}

    /** A few examples, kept whole. */
    record Examples(List<AttentionPatterns.Example> examples) implements StepValue {
        public Examples {
            examples = List.copyOf(examples);
        }
    }
}
