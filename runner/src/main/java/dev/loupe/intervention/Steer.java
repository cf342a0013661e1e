package dev.loupe.intervention;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.Cell;
import dev.loupe.plan.Edit;
import dev.loupe.plan.EditValue;
import dev.loupe.plan.LogitsRead;
import dev.loupe.plan.Planning;
import dev.loupe.plan.Positions;
import dev.loupe.plan.Summarise;
import dev.loupe.result.Axis;
import dev.loupe.schema.Default;
import dev.loupe.schema.Doc;
import dev.loupe.schema.Example;
import dev.loupe.schema.Named;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steering along the difference of two mean activations (Turner et al. 2023; projecting out: Arditi et al. 2024). */
@Named("steer")
@Doc(
        "Move an activation along the difference of its means on two datasets, or take that direction out of it; in one layer,"
                + " or in each layer by turns.")
@Example("{steer: resid_pre, toward: pairs, away: pairs/corrupted, by: 2.0}")
public record Steer(
        @Doc("A site of the residual stream's width, such as `resid_pre`, `attn_out`, `mlp_out`.")
        SiteName steer,

        @Doc("The dataset whose mean activation the direction points to.")
        String toward,

        @Doc("The dataset whose mean activation the direction starts from.")
        String away,

        @Default("add") @Doc("What is done with the direction.")
        Mode mode,

        @Default("1.0") @Doc("How many times the direction is added.")
        double by,

        @Doc("The layer; without it every layer by turns, an axis `layer`.") @Nullable
        Integer layer,

        @Default("everywhere") @Doc("A named position or position class; `everywhere` for all positions.")
        String at)
        implements Intervention {
    /** What is done with a direction. */
    public enum Mode {
        @Doc("Add it `by` times.")
        ADD,
        @Doc("Subtract the projection on it; `by` plays no part.")
        PROJECT_OUT
    }

    public Steer {
        if (!steer.site().perLayer() || !steer.site().axes().equals(List.of("batch", "pos", "d_model"))) {
            throw new IllegalArgumentException("`" + steer.site().canonical()
                    + "` has not the residual stream's width in every layer; `resid_pre` has");
        }
        if (!Double.isFinite(by) || (layer != null && layer < 0)) {
            throw new IllegalArgumentException("`by` is a finite number and `layer` counts from 0");
        }
    }

    @Override
    public Sweep sweep(Planning planning, String on) {
        int layers = planning.model().shape().layers();
        if (layer != null) {
            if (layer >= layers) {
                throw new IllegalArgumentException(
                        "there is no layer " + layer + ": the model has 0 to " + (layers - 1));
            }
            return new Sweep(List.of(), List.of(new Cell(0, List.of(edit(planning, layer)))));
        }
        List<Cell> cells = new ArrayList<>();
        for (int l = 0; l < layers; l++) {
            cells.add(new Cell(l, List.of(edit(planning, l))));
        }
        return new Sweep(List.of(Axis.counted("layer", layers)), cells);
    }

    private Edit edit(Planning planning, int at) {
        HookPoint point = planning.point(steer.site(), at);
        Positions positions = this.at.equals("everywhere") ? new Positions.All() : new Positions.Of(this.at);
        EditValue along = new EditValue.Along(
                mean(planning, toward, point), mean(planning, away, point), by, mode == Mode.PROJECT_OUT);
        return new Edit(point, List.of(), positions, along);
    }

    private static int mean(Planning planning, String dataset, HookPoint point) {
        int run = planning.clean(planning.rows(dataset), List.of(point), LogitsRead.NONE);
        return planning.builder().add(id -> new Summarise(id, new MeanActivation(point, false), run));
    }

    @Override
    public String describe() {
        String direction = "the mean on " + toward + " minus the mean on " + away;
        return "`" + steer + "` " + (mode == Mode.ADD ? "plus " + by + " times " : "without its projection on ")
                + direction + (at.equals("everywhere") ? "" : " at " + at);
    }
}
