package dev.loupe.model;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration and throws it once. */
final class ConfigChecks {
    static final int MOST_LAYERS = 1000;

    private final List<String> problems = new ArrayList<>();

    ConfigChecks range(String name, long value, long low, long high) {
        return that(value >= low && value <= high, name + " is " + value + ", must be " + low + ".." + high);
    }

    ConfigChecks positive(String name, double value) {
        return that(value > 0 && Double.isFinite(value), name + " is " + value + ", must be positive");
    }

    ConfigChecks that(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
        return this;
    }

    void done() {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }
}
