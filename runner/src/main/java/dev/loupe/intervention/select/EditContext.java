package dev.loupe.intervention.select;

import dev.loupe.plan.edit.Edit;
import java.util.List;

/**
 * The run that an intervention edits.
 *
 * @param on the dataset that the measurement is made on
 * @param rows the dataset whose run is edited: {@code on}, or one half of it
 * @param before edits of earlier interventions of the same run; none where those are swept or sampled
 * @param fixed whether {@code before} is all that came earlier
 */
public record EditContext(String on, String rows, List<Edit> before, boolean fixed) {
    public EditContext {
        before = List.copyOf(before);
    }
}
