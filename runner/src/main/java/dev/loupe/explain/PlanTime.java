package dev.loupe.explain;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.text.Amount;
import dev.loupe.text.Seconds;
import java.util.Comparator;
import java.util.Optional;

/** How long a plan takes at least on a machine: its operations at the speed of the machine's matrix products. */
public final class PlanTime {
    /** Below this a run takes seconds, most of them for starting and drawing. */
    private static final long LONG = 1_000_000_000_000L;

    private PlanTime() {}

    /** FLOP per second of {@code [tokens, in] x [in, out]}. */
    public interface Rate {
        double of(int in, int out);
    }

    /**
     * The line of a plan of more than 1 TFLOP, empty for shorter ones. The product that is measured is a layer of the plan's
     * widest model, {@code [128, d_model] x [d_model, d_mlp]}; small products, attention and reading come on top.
     */
    public static String of(ExecutionPlan plan, Rate rate) {
        Optional<ModelShape> widest = plan.steps().stream()
                .map(PlanStep::models)
                .flatMap(models -> models.stream().map(ModelRef::shape))
                .max(Comparator.comparingInt(ModelShape::dModel));
        if (plan.flops() < LONG || widest.isEmpty()) {
            return "";
        }
        int in = widest.get().dModel();
        int out = Math.max(in, widest.get().dMlp());
        double perSecond = rate.of(in, out);
        return "time: at least " + Seconds.of(plan.flops() / perSecond) + " on this machine, whose products of [128, "
                + in + "] and [" + in + ", " + out + "] reach " + Amount.of((long) perSecond, "FLOP")
                + " in a second\n";
    }
}
