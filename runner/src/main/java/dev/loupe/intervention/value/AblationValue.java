package dev.loupe.intervention.value;

import dev.loupe.hook.HookPoint;
import dev.loupe.metric.direction.MeanActivation;
import dev.loupe.plan.Summarise;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.build.Planning;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.List;

/** What an ablation puts in place of an activation. */
public sealed interface AblationValue permits AblationValue.Zero, AblationValue.Mean, AblationValue.Resample {
    /** Adds the steps that make the value at a point and says what an edit there writes. */
    EditValue value(Planning planning, String on, HookPoint point);

    String describe();

    /** Zero ablation. */
    @Named("zero")
    @Doc("Zeros. Also removes the mean activation, so it can have effects that are unrelated to the information in "
            + "the activation.")
    @Example("zero")
    record Zero() implements AblationValue {
        @Override
        public EditValue value(Planning planning, String on, HookPoint point) {
            return new EditValue.Zero();
        }

        @Override
        public String describe() {
            return "zeros";
        }
    }

    /** Mean ablation. */
    @Named("mean")
    @Doc("The mean activation over a reference dataset, per position or over all positions.")
    @Example("{mean: {of: repeats, per: position}}")
    record Mean(
            @Doc("The reference dataset.") @NameOf("dataset")
            String of,

            @Default("position") @Doc("`position`: one mean for each position; `all`: one mean over all positions.")
            Per per)
            implements AblationValue {
        /** Over what the mean is taken. */
        public enum Per {
            POSITION,
            ALL
        }

        @Override
        public EditValue value(Planning planning, String on, HookPoint point) {
            // A mean over rows of unlike lengths needs the position axis right after the batch axis.
            if (point.site().axes().indexOf("pos") != 1) {
                throw new IllegalArgumentException(
                        "`" + point.site().canonical() + "` has no mean per position; use `zero` or `resample`");
            }
            RowsRef rows = planning.rows(of);
            int longest = planning.rows(on).longest();
            if (per == Per.POSITION && rows.longest() < longest) {
                throw new IllegalArgumentException(
                        "rows of `" + on + "` have up to " + longest + " positions, but rows of `"
                                + of + "` only " + rows.longest()
                                + ": use a mean over rows that are at least as long, or `per: all`");
            }
            int run = planning.clean(rows, List.of(point), LogitsRead.NONE);
            MeanActivation reading = new MeanActivation(
                    point, per == Per.POSITION ? MeanActivation.Form.EACH_POSITION : MeanActivation.Form.ONE);
            return new EditValue.MeanOf(planning.builder().add(id -> new Summarise(id, reading, run)));
        }

        @Override
        public String describe() {
            return "its mean over the rows of `" + of + "`, "
                    + (per == Per.POSITION ? "one for each position" : "one over all positions");
        }
    }

    /** Resample ablation. */
    @Named("resample")
    @Doc("The activation of another row, drawn by a seeded permutation of the same dataset or of a named one.")
    @Example("{resample: {of: repeats, seed: 4}}")
    record Resample(
            @Doc("The dataset to draw rows from; it must have rows of the same lengths.") @NameOf("dataset")
            String of,

            @Doc("Seed of the permutation.") long seed)
            implements AblationValue {
        @Override
        public EditValue value(Planning planning, String on, HookPoint point) {
            RowsRef rows = planning.permuted(of, seed);
            return new EditValue.FromRun(planning.clean(rows, List.of(point), LogitsRead.NONE));
        }

        @Override
        public String describe() {
            return "its value in another row of `" + of + "`, drawn by a permutation with seed " + seed;
        }
    }
}
