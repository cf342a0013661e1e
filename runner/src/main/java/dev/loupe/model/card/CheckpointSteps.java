package dev.loupe.model.card;

import dev.loupe.schema.shape.IntRange;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The training steps whose weights a model has.
 *
 * @param model its name, for messages
 * @param all ascending
 * @param written all of them, for messages
 */
public record CheckpointSteps(String model, List<Integer> all, String written) {
    /**
     * The steps that were asked for: each single one must exist, a range takes what lies in it.
     *
     * @throws IllegalArgumentException naming the nearest steps that exist
     */
    public List<Integer> chosen(List<IntRange> wanted) {
        return wanted.stream()
                .flatMap(range -> {
                    List<Integer> found = all.stream().filter(range::contains).toList();
                    if (found.isEmpty()) {
                        throw new IllegalArgumentException("`" + model + "` has no checkpoint " + range
                                + "; did you mean " + nearest(range.low()) + "? There are " + all.size() + ": "
                                + written);
                    }
                    return found.stream();
                })
                .distinct()
                .toList();
    }

    private String nearest(int step) {
        Stream<Integer> near = all.stream()
                .sorted(Comparator.comparingLong(s -> Math.abs((long) s - step)))
                .limit(2)
                .sorted();
        return near.map(String::valueOf).collect(Collectors.joining(" or "));
    }
}
