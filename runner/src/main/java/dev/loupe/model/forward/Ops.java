package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Shape arithmetic over trailing axes, so that the same code serves arrays with and without a leading instance axis.
 * Where an operand is a weight, the result is moved to the manager of the activations, since an operation's result
 * otherwise lives as long as its first operand.
 */
public final class Ops {
    private Ops() {}

    /** Another handle on the same memory, owned by {@code manager}. */
    public static NDArray alias(NDArray value, NDManager manager) {
        NDArray handle = value.reshape(value.getShape());
        handle.attach(manager);
        return handle;
    }

    static NDArray own(NDArray value, NDManager manager) {
        value.attach(manager);
        return value;
    }

    /** The size of an axis counted from the end, 1 being the last. */
    static long fromEnd(NDArray x, int axis) {
        Shape shape = x.getShape();
        return shape.get(shape.dimension() - axis);
    }

    /** Swaps two axes counted from the end. */
    static NDArray swap(NDArray x, int a, int b) {
        int n = x.getShape().dimension();
        return x.swapAxes(n - a, n - b);
    }

    /** Replaces the last {@code drop} axes by the given ones. */
    static NDArray reshapeLast(NDArray x, int drop, long... last) {
        long[] shape = x.getShape().getShape();
        int keep = shape.length - drop;
        long[] out = new long[keep + last.length];
        System.arraycopy(shape, 0, out, 0, keep);
        System.arraycopy(last, 0, out, keep, last.length);
        return x.reshape(out);
    }

    /** Part of an axis that is counted from the end. */
    static NDArray slice(NDArray x, int axis, long from, long to, NDManager manager) {
        int n = x.getShape().dimension();
        if (from == 0 && to == fromEnd(x, axis)) {
            return alias(x, manager);
        }
        NDIndex index = new NDIndex();
        for (int i = 0; i < n - axis; i++) {
            index.addAllDim();
        }
        return x.get(manager, index.addSliceDim(from, to).addEllipseDim());
    }

    /**
     * Some positions of each row: [instance?, batch, pos, d] to [instance?, batch, k, d].
     *
     * @param positions [batch][k]; null for all, which gives the array itself
     */
    public static NDArray atPositions(NDArray x, int @Nullable [][] positions, int instances, NDManager manager) {
        if (positions == null) {
            return x;
        }
        long length = fromEnd(x, 2);
        long batch = fromEnd(x, 3);
        long width = fromEnd(x, 1);
        int k = positions[0].length;
        int all = Math.max(1, instances);
        if (positions.length != batch) {
            throw new IllegalArgumentException(positions.length + " rows of positions for a batch of " + batch);
        }
        long[] flat = new long[Math.multiplyExact(all * positions.length, k)];
        int at = 0;
        for (int i = 0; i < all; i++) {
            for (int row = 0; row < batch; row++) {
                for (int pos : positions[row]) {
                    if (pos < 0 || pos >= length) {
                        throw new IllegalArgumentException("position " + pos + " of " + length);
                    }
                    flat[at++] = (i * batch + row) * length + pos;
                }
            }
        }
        NDArray taken = x.reshape(new Shape(-1, width)).get(index(manager, flat));
        return instances == 0 ? taken.reshape(batch, k, width) : taken.reshape(instances, batch, k, width);
    }

    /** In the engine's own memory: the gradient of a selection reads its index after the pass is over. */
    static NDArray index(NDManager manager, long[] ids) {
        return manager.create(ids, new Shape(ids.length)).duplicate();
    }

    /**
     * A weight [instance?, rest] with axes of size 1 put in after the instance axis, so that it broadcasts over
     * {@code x}; the weight itself where there is no instance axis.
     */
    static NDArray lift(NDArray weight, NDArray x, int instances, NDManager manager) {
        int missing = x.getShape().dimension() - weight.getShape().dimension();
        if (instances == 0 || missing == 0) {
            return weight;
        }
        long[] from = weight.getShape().getShape();
        long[] to = new long[from.length + missing];
        to[0] = instances;
        java.util.Arrays.fill(to, 1, 1 + missing, 1);
        System.arraycopy(from, 1, to, 1 + missing, from.length - 1);
        return own(weight.reshape(to), manager);
    }

    /** x [instance?, batch, pos, in] @ weight [instance?, in, out] + bias [instance?, out], if there is one. */
    static NDArray linear(NDArray x, NDArray weight, @Nullable NDArray bias, int instances, NDManager manager) {
        if (bias == null) {
            return product(x, weight, instances);
        }
        if (instances == 0) {
            return times(x, weight).addi(bias);
        }
        // The bias comes before the reshape: writing into a view costs its gradient two copies of the whole array.
        NDArray y = flatProduct(x, weight, instances);
        return y.addi(lift(bias, y, instances, manager)).reshape(widened(x, weight));
    }

    /** x [instance?, batch, pos, in] @ weight [instance?, in, out]. */
    static NDArray product(NDArray x, NDArray weight, int instances) {
        if (instances == 0) {
            return times(x, weight);
        }
        return flatProduct(x, weight, instances).reshape(widened(x, weight));
    }

    /** [instance, batch * pos, out]. */
    private static NDArray flatProduct(NDArray x, NDArray weight, int instances) {
        return times(x.reshape(instances, -1, fromEnd(x, 1)), weight);
    }

    /** The product in the weight's number type, as float32. */
    private static NDArray times(NDArray x, NDArray weight) {
        return times(x, weight, weight.getDataType());
    }

    /** The product of float32 arrays, or of one with weights, in a number type; float32 comes out. */
    static NDArray times(NDArray a, NDArray b, DataType type) {
        if (type == DataType.FLOAT32) {
            return a.matMul(b);
        }
        return a.toType(type, false).matMul(b.toType(type, false)).toType(DataType.FLOAT32, false);
    }

    private static long[] widened(NDArray x, NDArray weight) {
        long[] out = x.getShape().getShape().clone();
        out[out.length - 1] = fromEnd(weight, 1);
        return out;
    }

    /** Each head its own product: x [instance?, batch, pos, head, in], weight [instance?, head, in, out]. */
    static NDArray perHead(NDArray x, NDArray weight) {
        long[] shape = x.getShape().getShape();
        int n = shape.length;
        long rows = shape[n - 4] * shape[n - 3];
        NDArray byHead = swap(reshapeLast(x, 4, rows, shape[n - 2], shape[n - 1]), 3, 2);
        NDArray y = swap(times(byHead, weight), 3, 2);
        return reshapeLast(y, 3, shape[n - 4], shape[n - 3], shape[n - 2], fromEnd(weight, 1));
    }

    /** A copy for each head: [..., pos, d] to [..., pos, head, d]. */
    static NDArray repeatForHeads(NDArray x, int heads) {
        NDArray one = reshapeLast(x, 1, 1, fromEnd(x, 1));
        long[] shape = one.getShape().getShape();
        shape[shape.length - 2] = heads;
        return one.broadcast(new Shape(shape));
    }
}
