package dev.loupe.plan;

import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.ModelRef;
import dev.loupe.plan.ask.Readout;
import dev.loupe.plan.ask.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a plan before one of them. What must hold for every plan is checked against them, after planning and again
 * after every rewriting rule; a plan that fails is our fault, never the user's.
 */
public final class EarlierSteps {
    private final Map<Integer, PlanStep> byId = new HashMap<>();

    private EarlierSteps() {}

    /** Checks every step against those before it, and the outputs against all. */
    static void check(List<PlanStep> steps, Map<String, Integer> outputs) {
        EarlierSteps earlier = new EarlierSteps();
        for (PlanStep step : steps) {
            for (int input : step.inputs()) {
                if (!earlier.byId.containsKey(input)) {
                    throw new IllegalStateException("#" + step.id() + " needs #" + input + ", which is not before it");
                }
            }
            if (earlier.byId.containsKey(step.id())) {
                throw new IllegalStateException("step id " + step.id() + " occurs twice");
            }
            step.check(earlier);
            earlier.byId.put(step.id(), step);
        }
        outputs.forEach((name, id) -> {
            if (!earlier.byId.containsKey(id)) {
                throw new IllegalStateException("output " + name + " names the missing step #" + id);
            }
        });
    }

    /** The step of an id; null where there is none. */
    @Nullable
    public PlanStep step(int id) {
        return byId.get(id);
    }

    Forward forward(int id) {
        if (byId.get(id) instanceof Forward forward) {
            return forward;
        }
        throw new IllegalStateException("#" + id + " is not a forward pass");
    }

    /** Checks that an input makes a step's model available. */
    public void loads(PlanStep step, int load, ModelRef model) {
        if (!(byId.get(load) instanceof LoadModel loaded
                && loaded.model().identity().equals(model.identity()))) {
            throw new IllegalStateException(
                    "#" + step.id() + " runs " + model.label() + ", which #" + load + " is not");
        }
    }

    /** Checks that an input reads rows in the way that a step needs. */
    public void reads(PlanStep step, int input, Class<? extends RowReader> way) {
        if (!way.isInstance(byId.get(input))) {
            throw new IllegalStateException("#" + step.id() + " needs #" + input + ", which reads no rows");
        }
    }

    /** Checks that an input has numbers. */
    public void numbers(PlanStep step, int input) {
        PlanStep there = byId.get(input);
        if (there == null || there.axes(id -> Objects.requireNonNull(byId.get(id))) == null) {
            throw new IllegalStateException("#" + step.id() + " needs #" + input + ", which has no numbers");
        }
    }

    /** Checks that a run keeps what a reading wants. */
    void satisfies(Forward forward, Readout reading) {
        List<HookPoint> missing =
                new ArrayList<>(reading.captures(forward.model().shape()));
        missing.removeAll(forward.captures());
        if (!missing.isEmpty()
                || (!forward.span().equals(Span.ALL)
                        && !reading.captures(forward.model().shape()).isEmpty())) {
            throw new IllegalStateException(
                    reading.label() + " reads " + missing + ", not captured by #" + forward.id());
        }
        if (!forward.logits().and(reading.logits()).equals(forward.logits())) {
            throw new IllegalStateException(reading.label() + " reads logits that #" + forward.id() + " does not make");
        }
    }
}
