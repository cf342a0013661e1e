package dev.loupe.report.pattern;

import dev.loupe.report.draw.TrainingLabel;
import dev.loupe.result.Artifact;
import dev.loupe.result.AttentionPatterns;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The attention of one measurement at several steps of a training: what a run keeps of every checkpoint of the model family
 * that the measurement names.
 *
 * @param name of the measurement
 */
public record PatternSeries(String name, List<Unit> units) {
    private static final Pattern STEP =
            Pattern.compile("([^@]+)@(?:(.*), )?(?:checkpoint|step) ([0-9]+)(?:, (.*))?", Pattern.DOTALL);

    /** So many moments stand side by side. */
    public static final int SHOWN = 6;

    /**
     * One training.
     *
     * @param label "seed 0"; empty where there is one
     * @param model its label without a step
     * @param moments by their steps, rising
     */
    public record Unit(String label, String model, List<Moment> moments) {
        /** Of many moments those at equal distances in their order, the first and the last among them. */
        public List<Moment> shown() {
            int last = moments.size() - 1;
            List<Moment> shown = new ArrayList<>();
            for (int i = 0; i < Math.min(SHOWN, moments.size()); i++) {
                shown.add(moments.get(moments.size() <= SHOWN ? i : Math.round((float) i * last / (SHOWN - 1))));
            }
            return shown;
        }
    }

    /** The patterns of one checkpoint. */
    public record Moment(String step, AttentionPatterns patterns) {}

    /** The series of a run, in its order; patterns of one step alone are none. */
    public static List<PatternSeries> of(List<Artifact> artifacts) {
        Map<String, Map<String, List<Moment>>> found = new LinkedHashMap<>();
        for (Artifact artifact : artifacts) {
            Matcher name = STEP.matcher(artifact.name());
            if (artifact instanceof AttentionPatterns patterns && name.matches()) {
                String label = String.join(
                        ", ",
                        Stream.of(name.group(2), name.group(4))
                                .filter(Objects::nonNull)
                                .toList());
                found.computeIfAbsent(name.group(1), k -> new LinkedHashMap<>())
                        .computeIfAbsent(label, k -> new ArrayList<>())
                        .add(new Moment(name.group(3), patterns));
            }
        }
        List<PatternSeries> all = new ArrayList<>();
        found.forEach((name, units) -> {
            if (units.values().stream().allMatch(moments -> moments.size() > 1)) {
                all.add(new PatternSeries(
                        name,
                        units.entrySet().stream()
                                .map(unit -> unit(unit.getKey(), unit.getValue()))
                                .toList()));
            }
        });
        return all;
    }

    private static Unit unit(String label, List<Moment> moments) {
        List<Moment> rising = moments.stream()
                .sorted(Comparator.comparingDouble(moment -> Double.parseDouble(moment.step())))
                .toList();
        String model = TrainingLabel.of(rising.get(0).patterns().model());
        return new Unit(label, model, rising);
    }

    /** The artifacts that it shows. */
    public List<AttentionPatterns> artifacts() {
        return units.stream()
                .flatMap(unit -> unit.moments().stream())
                .map(Moment::patterns)
                .toList();
    }

    public AttentionPatterns first() {
        return units.get(0).moments().get(0).patterns();
    }
}
