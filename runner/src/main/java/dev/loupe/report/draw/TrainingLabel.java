package dev.loupe.report.draw;

import java.util.regex.Pattern;

/** What a model is called over the whole of its training: its label without the step. */
public final class TrainingLabel {
    private static final Pattern STEP = Pattern.compile(" step [0-9]+(?=$| )");

    private TrainingLabel() {}

    /** The same for all steps: {@code induction-2l seed 0} for {@code induction-2l seed 0 step 400}. */
    public static String of(String model) {
        return STEP.matcher(model).replaceFirst("");
    }
}
