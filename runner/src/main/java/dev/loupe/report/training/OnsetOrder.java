package dev.loupe.report.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * In how many models one measurement's onset comes before another's.
 *
 * @param titles of the measurements, by their median onset
 * @param counts [earlier, later] "2 of 3 (1 apart)"; empty where no model has both
 */
public record OnsetOrder(List<String> titles, List<List<String>> counts) {
    /** A wider table can hardly be read. */
    private static final int MOST = 10;

    /** The order of what has an onset; null where fewer than two measurements have one. */
    static @Nullable OnsetOrder of(List<Onset> onsets) {
        Map<String, Map<String, Onset>> byMeasure = new LinkedHashMap<>();
        onsets.stream()
                .filter(Onset::defined)
                .forEach(onset -> byMeasure
                        .computeIfAbsent(onset.curve().quantity().title(), k -> new LinkedHashMap<>())
                        .put(onset.curve().model(), onset));
        List<Map.Entry<String, Map<String, Onset>>> measures = byMeasure.entrySet().stream()
                .sorted(Comparator.comparingDouble(measure -> median(measure.getValue())))
                .limit(MOST)
                .toList();
        if (measures.size() < 2) {
            return null;
        }
        List<List<String>> counts = new ArrayList<>();
        for (Map.Entry<String, Map<String, Onset>> earlier : measures) {
            counts.add(measures.stream()
                    .map(later -> earlier.equals(later) ? "" : counted(earlier.getValue(), later.getValue()))
                    .toList());
        }
        return new OnsetOrder(measures.stream().map(Map.Entry::getKey).toList(), counts);
    }

    private static double median(Map<String, Onset> models) {
        double[] steps =
                models.values().stream().mapToDouble(Onset::step).sorted().toArray();
        return (steps[(steps.length - 1) / 2] + steps[steps.length / 2]) / 2;
    }

    /** "3 of 3", "2 of 3 (1 apart)"; empty where no model has both. */
    private static String counted(Map<String, Onset> earlier, Map<String, Onset> later) {
        int both = 0;
        int before = 0;
        int apart = 0;
        for (Map.Entry<String, Onset> one : earlier.entrySet()) {
            Onset other = later.get(one.getKey());
            if (other != null) {
                both++;
                before += one.getValue().step() < other.step() ? 1 : 0;
                apart += one.getValue().apart(other) ? 1 : 0;
            }
        }
        return both == 0 ? "" : before + " of " + both + (before > 0 ? " (" + apart + " apart)" : "");
    }
}
