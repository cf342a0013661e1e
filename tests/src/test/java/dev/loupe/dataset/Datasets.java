package dev.loupe.dataset;

import dev.loupe.schema.Binder;
import dev.loupe.schema.yaml.YamlTree;
import java.util.HashMap;
import java.util.Map;

/** Datasets from YAML, and what the tests of all generators ask of rows. */
public final class Datasets {

    private Datasets() {}

    public static <T extends Dataset> T bind(Class<T> type, String yaml) {
        return type.cast(
                Binder.bind(YamlTree.parse(yaml, "test.yaml"), Dataset.class).value());
    }

    /** How many positions of a row belong to a class. */
    public static int count(boolean[] marks) {
        int count = 0;
        for (boolean mark : marks) {
            count += mark ? 1 : 0;
        }
        return count;
    }

    /** How often each token occurs. */
    public static Map<Integer, Integer> occurrences(int[] tokens) {
        Map<Integer, Integer> counts = new HashMap<>();
        for (int token : tokens) {
            counts.merge(token, 1, Integer::sum);
        }
        return counts;
    }
}
