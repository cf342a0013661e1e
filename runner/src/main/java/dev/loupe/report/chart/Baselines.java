package dev.loupe.report.chart;

import dev.loupe.result.Artifact;
import dev.loupe.result.Quantity;
import dev.loupe.result.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the edited runs of a figure are held against: the same reading of the same models where nothing was edited, mean
 * over models.
 *
 * @param centre of the rows that were edited, null where the run did not measure it
 * @param marks each baseline with its name
 */
public record Baselines(@Nullable Double centre, List<Mark> marks) {
    private static final String CORRUPTED = "/corrupted";

    private static final String RECOVERED = "share recovered";

    /** @param name "clean", "corrupted" or "unedited" */
    public record Mark(String name, double value) {}

    private static final Baselines NONE = new Baselines(null, List.of());

    static Baselines of(Quantity quantity, List<Artifact> others) {
        Setting setting = quantity.setting();
        if (setting.edits().isEmpty() || setting.reading().isEmpty()) {
            return NONE;
        }
        String edited = setting.edited().isEmpty() ? setting.dataset() : setting.edited();
        boolean corrupted = edited.endsWith(CORRUPTED);
        if (quantity.unit().equals(RECOVERED)) {
            // By its formula: 0 is the run that is edited, 1 the run that its values come from.
            boolean known = !setting.edited().isEmpty();
            String from = known ? corrupted ? "corrupted" : "clean" : "unedited";
            String to = known ? corrupted ? "clean" : "corrupted" : "the other run";
            return new Baselines(0.0, List.of(new Mark(from, 0), new Mark(to, 1)));
        }
        String clean = corrupted ? edited.substring(0, edited.length() - CORRUPTED.length()) : edited;
        Double own = value(quantity, edited, others);
        Double other = value(quantity, corrupted ? clean : clean + CORRUPTED, others);
        List<Mark> marks = new ArrayList<>();
        if (own != null) {
            marks.add(new Mark(corrupted ? "corrupted" : other == null ? "unedited" : "clean", own));
        }
        if (other != null) {
            marks.add(new Mark(corrupted ? "clean" : "corrupted", other));
        }
        return new Baselines(own, marks);
    }

    /** Whether a figure should have a baseline and has none. */
    static boolean missing(Quantity quantity, Baselines found) {
        return !quantity.setting().edits().isEmpty()
                && !quantity.setting().reading().isEmpty()
                && found.centre() == null;
    }

    private static @Nullable Double value(Quantity quantity, String dataset, List<Artifact> others) {
        for (Artifact other : others) {
            if (other instanceof Quantity plain
                    && AxisKind.single(plain)
                    && plain.unit().equals(quantity.unit())
                    && plain.setting().edits().isEmpty()
                    && plain.setting().reading().equals(quantity.setting().reading())
                    && plain.setting().model().equals(quantity.setting().model())
                    && plain.setting().dataset().equals(dataset)) {
                double mean =
                        Arrays.stream(plain.estimate().data()).average().orElse(Double.NaN);
                return Double.isNaN(mean) ? null : mean;
            }
        }
        return null;
    }
}
