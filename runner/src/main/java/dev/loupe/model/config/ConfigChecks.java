package dev.loupe.model.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration and throws it once. */
public final class ConfigChecks {
    public static final int MOST_LAYERS = 1000;

    private final List<String> problems = new ArrayList<>();

    public ConfigChecks range(String name, long value, long low, long high) {
        return that(value >= low && value <= high, name + " is " + value + ", must be " + low + ".." + high);
    }

    public ConfigChecks positive(String name, double value) {
        return that(value > 0 && Double.isFinite(value), name + " is " + value + ", must be positive");
    }

    /** Of a number that -1 stands in for where there is none. */
    public ConfigChecks positiveOrNone(String name, double value) {
        return value == -1 ? this : positive(name, value);
    }

    public ConfigChecks that(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
        return this;
    }

    public void done() {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
