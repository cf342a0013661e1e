package dev.loupe.execute.pass;

import dev.loupe.execute.step.LogitsBeside;
import dev.loupe.execute.step.Recovery;
import dev.loupe.execute.step.WindowShare;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.Additivity;
import dev.loupe.plan.CompareLogits;
import dev.loupe.plan.Derived;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.Recover;
import dev.loupe.result.RowTable;
import java.util.Map;
import java.util.Set;

/** Values that follow from rows that were read. */
final class Derivation {
    private Derivation() {}

    static StepValue of(Derived step, ExecutionPlan plan, Map<Integer, StepValue> done) {
        if (step instanceof CompareLogits beside) {
            return LogitsBeside.of(
                    beside, beside.runs().stream().map(id -> logits(id, done)).toList());
        }
        RowTable value = table(step.value(), done);
        if (step instanceof Recover recover) {
            Set<Integer> absent = Set.copyOf(((ReadRows) plan.step(step.value())).absent());
            return new StepValue.Table(
                    Recovery.of(recover, value, table(recover.zero(), done), table(recover.one(), done), absent));
        }
        Additivity additivity = (Additivity) step;
        return new StepValue.Table(WindowShare.of(additivity, value, table(additivity.zero(), done)));
    }

    private static StepValue.Logits logits(int id, Map<Integer, StepValue> done) {
        if (done.get(id) instanceof StepValue.Logits logits) {
            return logits;
        }
        throw new IllegalStateException("#" + id + " kept no logits");
    }

    private static RowTable table(int id, Map<Integer, StepValue> done) {
        if (done.get(id) instanceof StepValue.Table table) {
            return table.table();
        }
        throw new IllegalStateException("#" + id + " is not a table of rows");
    }
}
