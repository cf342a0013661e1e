package dev.loupe.execute.shards;

import dev.loupe.execute.keep.Shard;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.Summary;
import dev.loupe.plan.Differentiate;
import dev.loupe.plan.Forward;
import dev.loupe.plan.RowReader;
import dev.loupe.result.NamedArray;

/** How many bytes a shard gives a step, told from shapes alone. */
final class PartBytes {
    /** A sum and its count. */
    private static final int PAIR = 2 * Double.BYTES;

    private PartBytes() {}

    /** @param forward the run that the shard is of */
    static long of(RowReader step, Forward forward, Shard shard) {
        int rows = shard.rows().to() - shard.rows().from();
        if (step.reading() instanceof RowReading reading) {
            long values = NamedArray.sizeOf(reading.axesPerRow(forward.model().shape(), forward.rows()));
            return PAIR * values * rows * shard.cells();
        }
        if (step.reading() instanceof Summary<?> summary) {
            int length = forward.rows().buckets().get(shard.rows().bucket()).length();
            return summary.partBytes(
                    forward.model().shape(), rows, forward.rows().rows(), length);
        }
        return 0;
    }

    /** Of a step that takes gradients. */
    static long of(Differentiate step, Shard shard) {
        long values = NamedArray.sizeOf(step.estimate().axes(step.model().shape()));
        return PAIR * values * (shard.rows().to() - shard.rows().from());
    }
}
