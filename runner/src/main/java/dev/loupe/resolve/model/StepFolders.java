package dev.loupe.resolve.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checkpoints of one training in folders whose names give the step: {@code step100}, {@code checkpoint-100}, {@code 100}. */
final class StepFolders {
    private static final String WORDS = "step|steps|checkpoint|ckpt|global_step|global-step|iter|iteration";

    private static final Pattern STEP = Pattern.compile("(?i)(?:(?:" + WORDS + ")[-_]?)?([0-9]{1,9})");

    /** What begins like a step and is none. */
    private static final Pattern MEANT = Pattern.compile("(?i)(?:" + WORDS + ")[-_]?[^a-zA-Z].*");

    private StepFolders() {}

    /**
     * The folders by step; empty where there are none.
     *
     * @throws IllegalArgumentException naming folders with one step, and those whose names are no step but begin like one
     */
    static TreeMap<Integer, Path> in(Path folder) {
        TreeMap<Integer, Path> found = new TreeMap<>();
        for (Path below : ModelCatalog.entries(folder)) {
            if (!Files.isDirectory(below)) {
                continue;
            }
            String name = String.valueOf(below.getFileName());
            Matcher step = STEP.matcher(name);
            if (step.matches()) {
                Path other = found.put(Integer.parseInt(step.group(1)), below);
                if (other != null) {
                    throw new IllegalArgumentException(folder + " has two folders of step " + step.group(1) + ": "
                            + other.getFileName() + " and " + name);
                }
            } else if (MEANT.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "the name of " + below + " does not end in a step: write it as step100 or checkpoint-100");
            }
        }
        return found;
    }

    /** "none", or "others alone: epoch_1, epoch_2 and 3 more", for messages. */
    static String others(Path folder) {
        List<Path> below =
                ModelCatalog.entries(folder).stream().filter(Files::isDirectory).toList();
        return below.isEmpty()
                ? "none"
                : "others alone: " + named(below) + " (rename them, so that each name ends in its step)";
    }

    /** "step0, step10 and 3 more", for messages. */
    static String described(Map<Integer, Path> steps) {
        return named(List.copyOf(steps.values()));
    }

    private static String named(List<Path> folders) {
        List<String> first = folders.stream()
                .limit(2)
                .map(path -> String.valueOf(path.getFileName()))
                .toList();
        return String.join(", ", first) + (folders.size() > 2 ? " and " + (folders.size() - 2) + " more" : "");
    }
}
