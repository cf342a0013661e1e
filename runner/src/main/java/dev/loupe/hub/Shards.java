package dev.loupe.hub;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that say of themselves how many belong together: {@code train-00002-of-00017.parquet}. */
final class Shards {
    private static final Pattern NUMBERED = Pattern.compile("(.*)-([0-9]{5})-of-([0-9]{5})(?![0-9]).*");

    private Shards() {}

    /** Whether none is missing; other tools may have fetched some of them only. */
    static boolean whole(Collection<String> names) {
        Map<String, Integer> missing = new HashMap<>();
        for (String name : names) {
            Matcher numbered = NUMBERED.matcher(name);
            if (numbered.matches()) {
                int all = Integer.parseInt(numbered.group(3));
                missing.merge(numbered.group(1) + "/" + all, all - 1, (left, unused) -> left - 1);
            }
        }
        return missing.values().stream().allMatch(left -> left == 0);
    }
}
