package dev.loupe.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import java.util.BitSet;

/** The instances whose loss fell below the limit: their parameters stay. */
final class StoppedInstances {
    private final int instances;
    private final double below;
    private final BitSet stopped = new BitSet();

    /** @param below the limit; 0 where none ever stops */
    StoppedInstances(int instances, double below) {
        this.instances = instances;
        this.below = below;
    }

    /** Reads the losses of a recorded step, [instance]. */
    void read(float[] losses) {
        for (int i = 0; i < losses.length; i++) {
            if (losses[i] < below) {
                stopped.set(i);
            }
        }
    }

    boolean any() {
        return !stopped.isEmpty();
    }

    boolean all() {
        return stopped.cardinality() == instances;
    }

    /** Gives the stopped instances their parameters from before an update; both arrays are [instance, parameter]. */
    void putBack(NDArray parameters, NDArray before) {
        for (int i = stopped.nextSetBit(0); i >= 0; i = stopped.nextSetBit(i + 1)) {
            parameters.set(new NDIndex(i), before.get(i));
        }
    }
}
