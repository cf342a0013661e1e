package dev.loupe.execute.pass;

import dev.loupe.execute.keep.ValueStore;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.plan.ExecutionPlan;
import java.util.List;
import java.util.Map;

/** Makes work of a plan on other machines before it is asked for here, where it is then found finished. */
public interface Ahead {
    /** Whether groups that do not wait for each other are made together; otherwise one after another. */
    boolean together();

    /**
     * Makes what can be made of some groups. Finished shards go into the store under the names of their steps; what is missing
     * afterwards is made here.
     *
     * @param groups whose needs are all among {@code done}
     * @param names of the steps by id
     * @return the values of steps that are one shard, by id
     */
    Map<Integer, StepValue> make(
            ExecutionPlan plan,
            List<Schedule.Group> groups,
            Map<Integer, StepValue> done,
            Map<Integer, String> names,
            ValueStore store);

    /** Makes everything here, one group after another. */
    static Ahead nothing() {
        return new Ahead() {
            @Override
            public boolean together() {
                return false;
            }

            @Override
            public Map<Integer, StepValue> make(
                    ExecutionPlan plan,
                    List<Schedule.Group> groups,
                    Map<Integer, StepValue> done,
                    Map<Integer, String> names,
                    ValueStore store) {
                return Map.of();
            }
        };
    }
}
