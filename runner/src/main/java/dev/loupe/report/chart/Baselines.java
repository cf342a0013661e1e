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

    /** By the formula of what is recovered: 0 is the run before the patch, 1 the run that it is compared with. */
    private static final String BEFORE = "before the patch";

    private static final String OTHER = "the other run";

    /** @param name "clean", "corrupted", "unedited" or "before the patch" */
    public record Mark(String name, double value) {}

    private static final Baselines NONE = new Baselines(null, List.of());

    static Baselines of(Quantity quantity, List<Artifact> others) {
        Setting setting = quantity.setting();
        if (setting.edits().isEmpty() || setting.reading().isEmpty()) {
            return NONE;
        }
        if (quantity.unit().equals(RECOVERED)) {
            return new Baselines(0.0, List.of(new Mark(BEFORE, 0), new Mark(OTHER, 1)));
        }
        String edited = setting.edited().isEmpty() ? setting.dataset() : setting.edited();
        boolean corrupted = edited.endsWith(CORRUPTED);
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
                double mean = Arrays.stream(plain.estimate().data()).average().orElse(Double.NaN);
                return Double.isNaN(mean) ? null : mean;
            }
        }
        return null;
    }
}
