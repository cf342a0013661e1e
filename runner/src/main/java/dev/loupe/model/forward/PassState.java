package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.model.config.TransformerConfig;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the blocks of one pass share: masks, rotary tables, position vectors, keys and values. */
final class PassState {
    private record Span(Rotary rotary, long from, long length) {}

    private final ForwardRequest pass;
    private final NDManager manager;
    private final NDManager target;
    private final Mask mask;
    private final @Nullable NDArray shortformer;
    private final @Nullable KeyValues kept;
    private final Map<Span, Rotary.Turn> turns = new HashMap<>();

    /**
     * @param manager lives as long as the pass
     * @param target owns the keys and values that are kept
     * @param shortformer positions that queries and keys read, [..., pos, d_model], or null
     */
    PassState(
            TransformerConfig config,
            ForwardRequest pass,
            NDManager manager,
            NDManager target,
            @Nullable NDArray shortformer) {
        this.pass = pass;
        this.manager = manager;
        this.target = target;
        this.mask = new Mask(config, manager);
        this.shortformer = shortformer;
        this.kept = pass.keepKeyValues() ? new KeyValues() : null;
    }

    Mask mask() {
        return mask;
    }

    @Nullable
    NDArray shortformer() {
        return shortformer;
    }

    @Nullable
    KeyValues kept() {
        return kept;
    }

    /** Tables for the last {@code length} of this pass's {@code all} positions. */
    Rotary.Turn turn(Rotary rotary, long length, long all) {
        long end = pass.offset() + all;
        return turns.computeIfAbsent(
                new Span(rotary, end - length, length), s -> rotary.at(s.from(), length, end, manager));
    }

    /** This pass's keys and values after those of earlier positions. */
    KeyValues.Layer join(int layer, NDArray k, NDArray v, NDManager scope) {
        KeyValues.Layer earlier = pass.past() == null ? null : pass.past().layer(layer);
        KeyValues.Layer all = new KeyValues.Layer(k, v);
        if (earlier != null) {
            int axis = k.getShape().dimension() - 3;
            all = new KeyValues.Layer(
                    Ops.own(earlier.keys().concat(k, axis), scope),
                    Ops.own(earlier.values().concat(v, axis), scope));
        } else if (pass.offset() > 0) {
            throw new IllegalArgumentException(
                    "no keys and values of the positions before " + pass.offset() + " were given for layer " + layer);
        }
        if (kept != null) {
            kept.put(layer, Ops.alias(all.keys(), target), Ops.alias(all.values(), target));
        }
        return all;
    }
}
