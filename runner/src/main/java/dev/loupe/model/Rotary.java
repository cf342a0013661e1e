package dev.loupe.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Rotary position embedding (Su et al. 2021): the first rotary_dim dimensions of a head are turned, pair by pair, by the
 * angle position / base^(pair / pairs). Pairs are neighbours (GPT-J) or lie half a rotary_dim apart (NeoX, Llama).
 */
final class Rotary {
    private final int dims;
    private final boolean adjacent;
    private final NDArray cos;
    private final NDArray sin;

    /** The turn for the positions of one pass: tables [pos, 1, pair]. */
    record Turn(NDArray cos, NDArray sin) {}

    Rotary(TransformerConfig config, NDManager manager) {
        dims = config.rotaryDim();
        adjacent = config.rotaryAdjacentPairs();
        int pairs = dims / 2;
        float[] cosines = new float[Math.multiplyExact(config.nCtx(), pairs)];
        float[] sines = new float[cosines.length];
        for (int pair = 0; pair < pairs; pair++) {
            // Single precision on purpose: the reference implementations compute angles so.
            float frequency = (float) Math.pow(config.rotaryBase(), (float) pair / pairs);
            for (int pos = 0; pos < config.nCtx(); pos++) {
                float angle = pos / frequency;
                cosines[pos * pairs + pair] = (float) Math.cos(angle);
                sines[pos * pairs + pair] = (float) Math.sin(angle);
            }
        }
        Shape shape = new Shape(config.nCtx(), 1, pairs);
        cos = manager.create(cosines, shape);
        sin = manager.create(sines, shape);
    }

    Turn at(long offset, long length, NDManager manager) {
        return new Turn(
                Ops.slice(cos, 3, offset, offset + length, manager),
                Ops.slice(sin, 3, offset, offset + length, manager));
    }

    /** x [..., pos, head, d_head], turned. */
    NDArray turn(NDArray x, Turn turn) {
        int axis = x.getShape().dimension() - 1;
        long width = Ops.fromEnd(x, 1);
        NDArray turned = x;
        NDArray rest = null;
        if (dims < width) {
            NDList parts = x.split(new long[] {dims}, axis);
            turned = parts.get(0);
            rest = parts.get(1);
        }
        NDArray first;
        NDArray second;
        if (adjacent) {
            NDList pairs = Ops.reshapeLast(turned, 1, dims / 2, 2).split(new long[] {1}, axis + 1);
            first = pairs.get(0).squeeze(axis + 1);
            second = pairs.get(1).squeeze(axis + 1);
        } else {
            NDList halves = turned.split(new long[] {dims / 2}, axis);
            first = halves.get(0);
            second = halves.get(1);
        }
        NDArray a = first.mul(turn.cos()).subi(second.mul(turn.sin()));
        NDArray b = second.mul(turn.cos()).addi(first.mul(turn.sin()));
        NDArray out = adjacent ? Ops.reshapeLast(a.stack(b, axis + 1), 2, dims) : a.concat(b, axis);
        return rest == null ? out : out.concat(rest, axis);
    }
}
