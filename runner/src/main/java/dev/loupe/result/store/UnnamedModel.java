package dev.loupe.result.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The model of a text or a ranking that was stored before its model was: its description names the first model of the
 * measurement, and its own name says which seed it is of ({@code shown@seed 1}).
 */
final class UnnamedModel {
    private static final Pattern SAID =
            Pattern.compile("Model: (.+?)( and [0-9]+ more \\(axis [^)]*\\))?\\. (?:Dataset: |Computed from weights)");
    private static final Pattern SEED = Pattern.compile("(?<=[ ,])seed [0-9]+$");

    private UnnamedModel() {}

    /** @return the stored model, else the one that is described; empty where that is not one */
    static String named(String stored, String name, String doc) {
        Matcher said = SAID.matcher(doc);
        if (!stored.isEmpty() || !said.find()) {
            return stored;
        }
        if (said.group(2) == null) {
            return said.group(1);
        }
        String unit = name.substring(name.indexOf('@') + 1);
        Matcher seed = SEED.matcher(said.group(1));
        return unit.matches("seed [0-9]+") && seed.find() ? seed.replaceFirst(unit) : "";
    }
}
