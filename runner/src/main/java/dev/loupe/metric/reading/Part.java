package dev.loupe.metric.reading;

import java.util.List;

/**
 * What one shard of a run gave a reading, as plain numbers that can be kept on disk or sent elsewhere, and merged with the
 * others in the order of the shards.
 *
 * @param numbers arrays whose meaning the reading knows
 */
public record Part(List<double[]> numbers) {
    public Part {
        numbers = List.copyOf(numbers);
    }
}
