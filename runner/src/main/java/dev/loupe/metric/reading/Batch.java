package dev.loupe.metric.reading;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.plan.edit.Direction;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One batch of a run, as a reading sees it. All rows have one length. Arrays live as long as the batch. */
public interface Batch {
    /** The rows that were run, one per batch row; a row occurs once per cell when cells share the batch. */
    TokenRows rows();

    /** An activation with the axes of its site, batch first. */
    NDArray at(HookPoint point);

    /** The logits at the positions of {@code at}, those that predict nothing among them: see {@link LogitsAtPositions}. */
    LogitsAtPositions asked(String at);

    /** How the residual stream makes the mean logit of ids {@code right[i]} minus that of ids {@code wrong[i]}. */
    LogitDirection direction(int[][] right, int[][] wrong);

    /**
     * Reads the batch as if the residual stream at one point were the last: its logits are made from there, at some positions.
     *
     * @param at the name of the positions
     * @param scaleOf the residual stream from which the final normalisation takes its scale; null for the point's own
     * @param apart whether each position counts as a row of its own, so that a row becomes as many as it has positions
     */
    <T> T endingAt(HookPoint point, String at, @Nullable HookPoint scaleOf, boolean apart, Function<Batch, T> read);

    /** The scale that the final normalisation would give a residual stream of its own, [n, d_model] to [n, 1]. */
    NDArray finalScale(NDArray residual);

    /**
     * Directions [n, d_model] of the residual stream before a norm on what attention or an MLP writes ({@code
     * blocks.0.ln1_post}) whose scale is 1: times its gain, centred where it centres.
     */
    NDArray throughNorm(String norm, NDArray directions);

    /** What the logits are capped with, {@code c} in {@code c tanh(s / c)}; -1 where they are not. */
    double logitSoftCap();

    /** Directions [n, d_model] of the residual stream as each head of a layer writes them: [n, head, d_head]. */
    NDArray throughHeads(int layer, NDArray directions);

    /**
     * What parts of the residual stream, already divided by the scale of the normalisation before attention, add to the
     * queries of a layer [row, pos, head, d_head] before a norm on them. Biases are no part of it.
     */
    NDArray asQueries(int layer, NDArray part);

    /** The same for its keys [row, pos, kv_head, d_head]. */
    NDArray asKeys(int layer, NDArray part);

    /** Queries or keys [row, pos, head, d_head], already divided by the scale of a norm on them, times its gain. */
    NDArray withHeadGain(String norm, NDArray heads);

    /** What attention scores are capped with, {@code c} in {@code c tanh(s / c)}; -1 where they are not. */
    double attentionSoftCap();

    /** What the attention scores of a layer are divided by. */
    double attentionScale(int layer);

    /** Directions [n, d_model] as each neuron of a layer writes them: [n, d_mlp]. */
    NDArray throughNeurons(int layer, NDArray directions);

    /** Directions [n, d_model] as each feature of the dictionary of a layer writes them: [n, d_sae]. */
    NDArray throughFeatures(int layer, NDArray directions);

    /** What the bias of the decoder of that dictionary has along directions [n, d_model]: [n]. */
    NDArray ofDictionaryBias(int layer, NDArray directions);

    /**
     * What a bias of the residual stream ({@code blocks.0.attn.b_O}) has along directions [n, d_model]: [n], zeros where the
     * model has no such bias.
     */
    NDArray ofBias(String bias, NDArray directions);

    /** A direction of a point's activation, scaled to length 1 [d]. */
    float[] unit(Direction direction, HookPoint point);

    /** The sizes of the model that ran. */
    ModelShape shape();

    /** The visible text of each position of a batch row. */
    List<String> text(int row);

    /** Whether later positions are masked. */
    boolean causal();

    NDManager manager();
}
