package dev.loupe.execute;

import dev.loupe.execute.keep.KeptValues;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.UserInputException;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.text.Amount;
import dev.loupe.text.VisibleText;
import java.util.function.ToDoubleFunction;

/**
 * How large a run is, told by its plan before anything starts: a sweep that is too wide by one axis would otherwise be noticed after
 * days, or when the disk is full.
 *
 * @param runs rows times cells, over all forward passes
 * @param widest the step that has most of them
 * @param bytes of all values, which are in the Java heap together
 */
public record RunSize(long runs, String widest, long bytes) {
    /** Unless another limit is asked for: on two cores a model of 100 million parameters takes weeks for as many. */
    public static final long USUAL_LIMIT = 20_000_000;

    public static RunSize of(ExecutionPlan plan) {
        return of(plan, rows -> 1);
    }

    /** @param times how many times as many rows each set will have as the plan knows of; its values are not counted so */
    public static RunSize of(ExecutionPlan plan, ToDoubleFunction<RowsRef> times) {
        long runs = 0;
        long most = 0;
        String widest = "";
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward forward) {
                long rows = Math.round(forward.rows().rows() * times.applyAsDouble(forward.rows()));
                long own = rows * forward.cells().size();
                runs += own;
                if (own > most) {
                    most = own;
                    widest = "#" + forward.id() + " " + forward.model().label() + ": " + rows + " rows of "
                            + forward.rows().name() + " times "
                            + forward.cells().size() + " cells";
                }
            }
        }
        return new RunSize(runs, widest, KeptValues.bytes(plan));
    }

    /**
     * Stops what is too large.
     *
     * @param limit rows times cells that are run without another word
     * @param heap bytes of the Java heap
     */
    public void check(long limit, long heap) {
        check(limit);
        if (bytes > heap) {
            throw new EnvironmentException("The values of this plan take " + Amount.of(bytes, "B")
                    + ", and the Java heap has " + Amount.of(heap, "B") + ". Give it more with LOUPE_JAVA_OPTS=-Xmx"
                    + (2 * bytes / 1_000_000_000 + 1) + "g, or read fewer rows or cells");
        }
    }

    /** Stops what has too many rows times cells. */
    public void check(long limit) {
        if (runs > limit) {
            throw new UserInputException("The plan runs " + Amount.of(runs, "") + " rows times cells, and more than "
                    + Amount.of(limit, "") + " are run only where that is asked for: --most-runs " + runs
                    + ". The widest step is " + VisibleText.line(widest)
                    + "; `over`, `rows` and `at` narrow it, and `./loupe explain` shows the plan");
        }
    }
}
