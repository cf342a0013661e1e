package dev.loupe.intervention;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.Edit;
import dev.loupe.plan.EditValue;
import dev.loupe.plan.Positions;
import java.util.List;

/** What one edit of a cell touches; see {@link Edit}. */
record Place(HookPoint point, List<Integer> components, Positions positions, Positions keys) {
    Edit writing(EditValue value) {
        return new Edit(point, components, positions, keys, value);
    }
}
