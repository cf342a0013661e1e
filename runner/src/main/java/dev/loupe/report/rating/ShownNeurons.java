package dev.loupe.report.rating;

import dev.loupe.result.RunResult;
import dev.loupe.result.TokenText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The top examples of neurons that runs show, by measurement: the models of one family are together. */
final class ShownNeurons {
    /** As `max-activating` heads its passages. */
    private static final Pattern TOP = Pattern.compile("(\\S+), top \\d+ of \\d+\\b.*", Pattern.DOTALL);

    private ShownNeurons() {}

    /**
     * @param runs finished runs by the name of their folder
     * @return measurement to neuron to its passages; measurements of several runs begin with the run's name
     */
    static Map<String, Map<String, List<TokenText.Passage>>> of(Map<String, RunResult> runs) {
        Map<String, Map<String, List<TokenText.Passage>>> arms = new TreeMap<>();
        runs.forEach((run, result) -> result.artifacts().forEach(artifact -> {
            if (artifact instanceof TokenText text) {
                int model = text.name().indexOf('@');
                String measurement = model < 0 ? text.name() : text.name().substring(0, model);
                String arm = runs.size() == 1 ? measurement : run + ": " + measurement;
                for (TokenText.Passage passage : text.passages()) {
                    Matcher top = TOP.matcher(passage.label());
                    if (top.matches()) {
                        String neuron =
                                top.group(1) + (model < 0 ? "" : text.name().substring(model));
                        arms.computeIfAbsent(arm, k -> new LinkedHashMap<>())
                                .computeIfAbsent(neuron, k -> new ArrayList<>())
                                .add(passage);
                    }
                }
            }
        }));
        return arms;
    }
}
