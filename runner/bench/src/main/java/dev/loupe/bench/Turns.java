package dev.loupe.bench;

import dev.loupe.progress.StopSignal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Sides measured round by round. Each round runs every side once, the order turning, so that what else the machine does meets
 * all alike.
 *
 * @param unmeasured rounds before the others, which only warm up
 * @param rounds measured rounds
 * @param each told after every round
 */
record Turns(int unmeasured, int rounds, Runnable each, StopSignal stop) {
    /** The samples of each side, in the order of measuring. */
    Map<String, List<Sample>> measure(Map<String, Supplier<Sample>> sides) {
        Map<String, List<Sample>> out = new LinkedHashMap<>();
        sides.keySet().forEach(side -> out.put(side, new ArrayList<>()));
        List<Map.Entry<String, Supplier<Sample>>> order = new ArrayList<>(sides.entrySet());
        for (int round = 0; round < unmeasured + rounds; round++) {
            for (Map.Entry<String, Supplier<Sample>> side : order) {
                stop.check();
                Sample sample = side.getValue().get();
                if (round >= unmeasured) {
                    out.getOrDefault(side.getKey(), new ArrayList<>()).add(sample);
                }
            }
            Collections.rotate(order, 1);
            each.run();
        }
        return out;
    }
}
