package dev.loupe.intervention.select;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import java.util.List;

/** What one edit of a cell touches; see {@link Edit}. */
record Place(HookPoint point, List<Integer> components, Positions positions, Positions keys) {
    Edit writing(EditValue value) {
        return new Edit(point, components, positions, keys, value);
    }
}
