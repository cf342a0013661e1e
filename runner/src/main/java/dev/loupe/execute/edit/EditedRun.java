package dev.loupe.execute.edit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.batch.AskedPositions;
import dev.loupe.execute.batch.TokenArrays;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.forward.Entry;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.KeyValues;
import dev.loupe.model.forward.Ops;
import dev.loupe.plan.Forward;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.Resumption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the network is asked for one batch of a planned run: where it begins, from which activations of an earlier run, with
 * which positions.
 *
 * @param exit where the run ends, which to tell takes all of its cells
 * @param bucket the bucket of the run's rows that the batch is from
 * @param rows the rows of the batch, once per cell
 * @param kept activations of the run that is resumed, each row once
 * @param work owns what is made
 */
public record EditedRun(
        Forward forward,
        @Nullable Site exit,
        int bucket,
        TokenRows rows,
        Function<HookPoint, NDArray> kept,
        NDManager work) {
    public ForwardRequest request() {
        ForwardRequest pass = exit == null ? placed(begun()) : placed(begun()).exiting(exit);
        if (forward.stopLayer() < forward.model().shape().layers()) {
            return pass.stopBefore(forward.stopLayer());
        }
        int last = forward.span().last(bucket, length());
        int run = length() - forward.span().from(bucket);
        if (last < run) {
            pass = pass.lastQueries(last);
        }
        if (forward.logits().answersOnly()) {
            int[] ids = ids();
            pass = pass.at(AskedPositions.of(rows, forward.logits().at()).padded(length() - Math.min(last, run)));
            return ids == null ? pass : pass.columns(ids);
        }
        return forward.unembeds() ? pass : pass.withoutLogits();
    }

    /** The ids whose logits alone are read, ascending; null for the whole output vocabulary. */
    public int @Nullable [] ids() {
        LogitsRead logits = forward.logits();
        if (!logits.answersOnly() || logits.columns().isEmpty()) {
            return null;
        }
        TreeSet<Integer> ids = new TreeSet<>();
        for (String column : logits.columns()) {
            for (int row = 0; row < rows.rows(); row++) {
                for (int id : rows.ids(column, row)) {
                    ids.add(id);
                }
            }
        }
        return ids.stream().mapToInt(Integer::intValue).toArray();
    }

    private int length() {
        return rows.tokens()[0].length;
    }

    private ForwardRequest begun() {
        int layer = forward.startLayer();
        Site entry = forward.entry();
        int from = forward.span().from(bucket);
        if (layer == 0 && entry == Site.RESID_PRE) {
            int[][] tokens = new int[rows.rows()][];
            for (int r = 0; r < tokens.length; r++) {
                tokens[r] = java.util.Arrays.copyOfRange(rows.tokens()[r], from, length());
            }
            return ForwardRequest.of(TokenArrays.array(tokens, work));
        }
        Site stream = entry == Site.RESID_MID ? Site.RESID_MID : Site.RESID_PRE;
        NDArray residual = repeated(stream, layer, from, length());
        if (entry == stream) {
            return ForwardRequest.resume(residual, layer, entry);
        }
        Map<Site, NDArray> values = new LinkedHashMap<>();
        for (Site site : Resumption.sites(entry)) {
            if (site != stream) {
                values.put(site, repeated(site, layer, from, length()));
            }
        }
        return ForwardRequest.resume(residual, layer).entering(new Entry(entry, values));
    }

    /** With keys and values of the positions that are left out. */
    private ForwardRequest placed(ForwardRequest pass) {
        int from = forward.span().from(bucket);
        if (from == 0) {
            return pass;
        }
        Site keys = Objects.requireNonNull(forward.model().shape().keys());
        KeyValues past = new KeyValues();
        for (int layer = forward.startLayer(); layer < forward.stopLayer(); layer++) {
            past.put(layer, repeated(keys, layer, 0, from), repeated(Site.V, layer, 0, from));
        }
        return pass.after(past, from);
    }

    /** Positions of an activation with one copy of each row for every cell. */
    private NDArray repeated(Site site, int layer, int from, int to) {
        NDArray all = Ops.alias(kept.apply(HookPoint.of(site, layer)), work);
        NDArray some = part(all, 1, from, to, work);
        long times = rows.rows() / some.getShape().get(0);
        if (times == 1) {
            return some;
        }
        long[] repeats = new long[some.getShape().dimension()];
        java.util.Arrays.fill(repeats, 1);
        repeats[0] = times;
        NDArray tiled = some.tile(repeats);
        tiled.attach(work);
        return tiled;
    }

    /** Part of an axis; the array itself where that is all of it. */
    static NDArray part(NDArray x, int axis, long from, long to, NDManager manager) {
        if (from == 0 && to == x.getShape().get(axis)) {
            return x;
        }
        NDIndex index = new NDIndex();
        for (int i = 0; i < axis; i++) {
            index.addAllDim();
        }
        return x.get(manager, index.addSliceDim(from, to).addEllipseDim());
    }
}
