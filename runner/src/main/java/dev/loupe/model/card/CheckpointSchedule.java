package dev.loupe.model.card;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.shape.IntRange;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** After which steps the weights are kept; the last step always is. Several rules add up. */
@Doc("The steps after which weights are saved, in addition to the last")
@Example("{every: 500, powers-of-2: true}")
public record CheckpointSchedule(
        @Doc("These steps; 0 is the untrained model") @Default("[]")
        List<Integer> at,

        @Doc("The interval in steps; 0 for none") @Default("0")
        int every,

        @Key("powers-of-2") @Doc("Steps 0, 1, 2, 4, 8, ...") @Default("false")
        boolean powersOf2) {

    public static final CheckpointSchedule LAST_ONLY = new CheckpointSchedule(List.of(), 0, false);

    public CheckpointSchedule {
        at = List.copyOf(at);
        if (every < 0 || at.stream().anyMatch(step -> step < 0)) {
            throw new IllegalArgumentException("checkpoint steps cannot be negative");
        }
    }

    /** Whether the weights after {@code step} updates of {@code steps} are kept. */
    public boolean wants(long step, long steps) {
        return step == steps
                || at.stream().anyMatch(wanted -> wanted == step)
                || every > 0 && step > 0 && step % every == 0
                || powersOf2 && Long.bitCount(step) <= 1;
    }

    /**
     * The steps that were asked for of a training of so many: each single one must be kept, a range takes what lies in it.
     *
     * @param model its name, for the message
     * @throws IllegalArgumentException naming the nearest steps that are kept
     */
    public List<Integer> chosen(List<IntRange> wanted, int steps, String model) {
        List<Integer> kept = IntStream.rangeClosed(0, steps)
                .filter(step -> wants(step, steps))
                .boxed()
                .toList();
        String written = kept.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return new CheckpointSteps(model, kept, written).chosen(wanted);
    }
}
