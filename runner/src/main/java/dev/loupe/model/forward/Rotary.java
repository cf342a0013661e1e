package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.model.config.RotaryScaling;
import dev.loupe.model.config.RotaryTurn;
import dev.loupe.model.config.TransformerConfig;

/**
 * Rotary position embedding (Su et al. 2021): the first rotary_dim dimensions of a head are turned, pair by pair, by the
 * angle position / base^(pair / pairs), as {@link RotaryScaling} stretches it, and multiplied by
 * rotary_attention_factor. Pairs are neighbours (GPT-J) or lie half a rotary_dim apart (NeoX, Llama).
 */
final class Rotary {
    private final RotaryTurn how;
    private final int dims;
    private final boolean adjacent;
    private final Turn usual;

    /** The turn for the positions of one pass: tables [pos, 1, pair]. */
    record Turn(NDArray cos, NDArray sin) {}

    /** @param how the way that the layers turn which share this one */
    Rotary(TransformerConfig config, RotaryTurn how, NDManager manager) {
        this.how = how;
        dims = config.rotaryDim();
        adjacent = config.rotaryAdjacentPairs();
        usual = table(0, config.nCtx(), 1, manager);
    }

    /**
     * @param offset the first position
     * @param length how many positions
     * @param whole the positions of the pass, earlier ones included
     */
    Turn at(long offset, long length, long whole, NDManager manager) {
        if (how.scaling().changesAt(whole)) {
            return table(offset, Math.toIntExact(length), whole, manager);
        }
        return new Turn(
                Ops.slice(usual.cos(), 3, offset, offset + length, manager),
                Ops.slice(usual.sin(), 3, offset, offset + length, manager));
    }

    private Turn table(long offset, int length, long whole, NDManager manager) {
        float[] frequencies = how.scaling().frequencies(how.base(), dims, whole);
        float factor = (float) how.factor();
        int pairs = dims / 2;
        float[] cosines = new float[Math.multiplyExact(length, pairs)];
        float[] sines = new float[cosines.length];
        for (int i = 0; i < cosines.length; i++) {
            // Single precision on purpose: the reference implementations compute angles so.
            float angle = (offset + i / pairs) * frequencies[i % pairs];
            cosines[i] = (float) Math.cos(angle) * factor;
            sines[i] = (float) Math.sin(angle) * factor;
        }
        Shape shape = new Shape(length, 1, pairs);
        return new Turn(manager.create(cosines, shape), manager.create(sines, shape));
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
