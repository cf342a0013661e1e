package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import dev.loupe.hook.Site;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one forward pass is to compute. Shapes are given without the instance axis that leads every array of a model with
 * instances.
 *
 * @param tokens int64 [batch, pos]; null where the pass starts from a residual stream
 * @param residual [batch, pos, d_model], the residual stream before block {@code start}; null where it starts from tokens
 * @param start the first block to run
 * @param stop the block to stop before; -1 runs them all
 * @param logits whether to unembed (only where all blocks run)
 * @param positions the positions to unembed, [batch][k]; null is all of them, and hook points from {@code ln_final} on
 *     then see [batch, k, ...]
 * @param columns the ids of the output vocabulary to unembed; null is all
 * @param offset the position of the first token, where keys and values of earlier ones are given
 * @param past keys and values of the positions before {@code offset}
 * @param keepKeyValues whether the result has keys and values of past and present positions
 * @param lastQueries the last block computes queries for only so many last positions; 0 is all
 * @param entry where in its first block it begins; null for the beginning
 * @param exit where in its last block it may end, the residual stream of its result then being of no use: what comes after
 *     {@code RESID_MID} or {@code MLP_POST} is left out; null ends with the block
 */
public record ForwardRequest(
        @Nullable NDArray tokens,
        @Nullable NDArray residual,
        int start,
        int stop,
        boolean logits,
        int @Nullable [][] positions,
        int @Nullable [] columns,
        int offset,
        @Nullable KeyValues past,
        boolean keepKeyValues,
        int lastQueries,
        @Nullable Entry entry,
        @Nullable Site exit) {

    public ForwardRequest {
        if ((tokens == null) == (residual == null)) {
            throw new IllegalArgumentException("a pass starts from tokens or from a residual stream");
        }
        if (entry != null && residual == null) {
            throw new IllegalArgumentException("a pass from the middle of a block needs a residual stream");
        }
        if (exit != null && (logits || exit != Site.RESID_MID && exit != Site.MLP_POST)) {
            throw new IllegalArgumentException("no pass ends at " + exit + (logits ? " and makes logits" : ""));
        }
        if (start < 0 || (tokens != null && start != 0) || offset < 0 || lastQueries < 0) {
            throw new IllegalArgumentException("start " + start + ", offset " + offset + ", last " + lastQueries);
        }
    }

    /** Everything, from tokens int64 [batch, pos]. */
    public static ForwardRequest of(NDArray tokens) {
        return new ForwardRequest(tokens, null, 0, -1, true, null, null, 0, null, false, 0, null, null);
    }

    /** Everything from block {@code layer} on. */
    public static ForwardRequest resume(NDArray residual, int layer) {
        return new ForwardRequest(null, residual, layer, -1, true, null, null, 0, null, false, 0, null, null);
    }

    /** Everything from block {@code layer} on, of what lies before it ({@code RESID_PRE}) or before its MLP ({@code RESID_MID}). */
    public static ForwardRequest resume(NDArray residual, int layer, Site at) {
        ForwardRequest request = resume(residual, layer);
        return at == Site.RESID_PRE ? request : request.entering(new Entry(at, Map.of()));
    }

    /** Only the blocks before {@code layer}, no logits: the result's residual is what that block would read. */
    public ForwardRequest stopBefore(int layer) {
        Changed changed = new Changed();
        changed.stop = layer;
        changed.logits = false;
        return changed.made();
    }

    public ForwardRequest withoutLogits() {
        Changed changed = new Changed();
        changed.logits = false;
        return changed.made();
    }

    /** Logits at these positions of each row only, [batch][k]. */
    public ForwardRequest at(int[][] rows) {
        Changed changed = new Changed();
        changed.positions = rows;
        return changed.made();
    }

    /** Logits of these ids only, in this order. */
    public ForwardRequest columns(int[] ids) {
        Changed changed = new Changed();
        changed.columns = ids;
        return changed.made();
    }

    /** The input continues earlier positions, whose keys and values are given. */
    public ForwardRequest after(KeyValues earlier, int position) {
        Changed changed = new Changed();
        changed.past = earlier;
        changed.offset = position;
        return changed.made();
    }

    public ForwardRequest keepingKeyValues() {
        Changed changed = new Changed();
        changed.keepKeyValues = true;
        return changed.made();
    }

    /** In the last block, queries for the last {@code count} positions only; later values have only those. */
    public ForwardRequest lastQueries(int count) {
        Changed changed = new Changed();
        changed.lastQueries = count;
        return changed.made();
    }

    /** From the middle of the first block. */
    public ForwardRequest entering(Entry middle) {
        Changed changed = new Changed();
        changed.entry = middle;
        return changed.made();
    }

    /** To the middle of the last block, whose residual stream nobody reads. */
    public ForwardRequest exiting(Site middle) {
        Changed changed = new Changed();
        changed.logits = false;
        changed.exit = middle;
        return changed.made();
    }

    /** The same request, of which some parts are to be others. */
    private final class Changed {
        private int stop = ForwardRequest.this.stop;
        private boolean logits = ForwardRequest.this.logits;
        private int @Nullable [][] positions = ForwardRequest.this.positions;
        private int @Nullable [] columns = ForwardRequest.this.columns;
        private int offset = ForwardRequest.this.offset;
        private @Nullable KeyValues past = ForwardRequest.this.past;
        private boolean keepKeyValues = ForwardRequest.this.keepKeyValues;
        private int lastQueries = ForwardRequest.this.lastQueries;
        private @Nullable Entry entry = ForwardRequest.this.entry;
        private @Nullable Site exit = ForwardRequest.this.exit;

        ForwardRequest made() {
            return new ForwardRequest(
                    tokens,
                    residual,
                    start,
                    stop,
                    logits,
                    positions,
                    columns,
                    offset,
                    past,
                    keepKeyValues,
                    lastQueries,
                    entry,
                    exit);
        }
    }
}
