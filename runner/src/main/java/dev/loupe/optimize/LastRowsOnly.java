package dev.loupe.optimize;

import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.Forward;
import dev.loupe.plan.PlanStep;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.plan.ask.Span;
import dev.loupe.plan.edit.RecordedCell;
import dev.loupe.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where logits are read at the end of the rows alone, the positions before that pass the last block only as keys and values:
 * its queries, its MLP and the final norm are made for what is read.
 */
public final class LastRowsOnly implements Rule {
    @Override
    public String name() {
        return "last rows of the last block";
    }

    @Override
    public Optional<Rewrite> apply(ExecutionPlan plan) {
        int changed = 0;
        List<PlanStep> steps = new ArrayList<>();
        for (PlanStep step : plan.steps()) {
            if (step instanceof Forward forward && cuts(forward)) {
                changed++;
                steps.add(forward.spanning(forward.span().ending(read(forward)), forward.resumeFrom()));
            } else {
                steps.add(step);
            }
        }
        return changed == 0
                ? Optional.empty()
                : Optional.of(new Rewrite(
                        new ExecutionPlan(steps, plan.outputs()),
                        Count.of(changed, "forward pass ends", "forward passes end")
                                + " with the positions that are read"));
    }

    private static boolean cuts(Forward forward) {
        if (!forward.logits().answersOnly()
                || !forward.captures().isEmpty()
                || forward.seesAfterBlocks()
                || !forward.span().last().isEmpty()
                || forward.cells().stream()
                        .flatMap(c -> c.edits().stream())
                        .anyMatch(e -> !e.value().local() && !(e.value() instanceof RecordedCell))) {
            return false;
        }
        Span cut = forward.span().ending(read(forward));
        for (int b = 0; b < forward.rows().buckets().size(); b++) {
            int length = forward.rows().buckets().get(b).length();
            if (cut.last(b, length) < forward.span().last(b, length)) {
                return true;
            }
        }
        return false;
    }

    /** How many last positions hold everything that is read, by bucket. */
    private static List<Integer> read(Forward forward) {
        List<Integer> counts = new ArrayList<>();
        for (RowsRef.Bucket bucket : forward.rows().buckets()) {
            counts.add(bucket.length() - bucket.first(forward.logits().at()));
        }
        return counts;
    }
}
