package dev.loupe.model.toy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import java.util.Collections;
import java.util.List;

/** One activation for each instance; neighbours that share theirs are computed together. */
public record InstanceActivations(List<ToyActivation> each) {
    public InstanceActivations {
        each = List.copyOf(each);
    }

    /** The same activation for so many instances. */
    public static InstanceActivations all(ToyActivation activation, int instances) {
        return new InstanceActivations(Collections.nCopies(instances, activation));
    }

    /** Applies each instance's own activation: [instance, ...] to the same shape. */
    NDArray apply(NDArray x) {
        if (each.stream().distinct().count() == 1) {
            return each.get(0).apply(x);
        }
        NDList parts = new NDList();
        int from = 0;
        while (from < each.size()) {
            int to = from + 1;
            while (to < each.size() && each.get(to) == each.get(from)) {
                to++;
            }
            parts.add(each.get(from).apply(x.get(new NDIndex().addSliceDim(from, to))));
            from = to;
        }
        return NDArrays.concat(parts, 0);
    }
}
