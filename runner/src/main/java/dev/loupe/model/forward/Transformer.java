package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.failure.UserInputException;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.config.AttentionDirection;
import dev.loupe.model.config.PositionalEmbedding;
import dev.loupe.model.config.RotaryTurn;
import dev.loupe.model.config.Sites;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.dictionary.Dictionary;
import dev.loupe.model.weights.InitialWeights;
import dev.loupe.model.weights.TlWeights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decoder-only transformer with a hook at every value that the field has a name for. Differentiable in its
 * parameters, on the device where they are. One model, or several of equal shape on a leading instance axis of every
 * array.
 */
public final class Transformer implements TokenModel, AutoCloseable {
    private final Parameters parameters;
    private final Embedding embedding;
    private final List<Block> blocks = new ArrayList<>();
    private final Unembedding unembedding;
    private final boolean lowered;
    private final List<Dictionary> dictionaries;

    /** The parameters belong to the transformer from now on. */
    public Transformer(Parameters parameters) {
        this(parameters, List.of());
    }

    /** With dictionaries of features, at most one for a layer, which stay their owner's. */
    public Transformer(Parameters parameters, List<Dictionary> dictionaries) {
        TransformerConfig config = parameters.config();
        this.parameters = parameters;
        this.embedding = new Embedding(parameters);
        boolean rotates = config.positionalEmbeddingType() == PositionalEmbedding.ROTARY;
        Map<RotaryTurn, Rotary> turns = new HashMap<>();
        for (int layer = 0; layer < config.nLayers(); layer++) {
            Rotary rotary = rotates
                    ? turns.computeIfAbsent(
                            config.rotaryTurn(layer), how -> new Rotary(config, how, parameters.manager()))
                    : null;
            blocks.add(new Block(parameters, layer, rotary));
        }
        this.unembedding = new Unembedding(parameters);
        this.lowered = parameters.lowered();
        this.dictionaries = List.copyOf(dictionaries);
    }

    /** One untrained model. */
    public static Transformer untrained(TransformerConfig config, long seed, NDManager parent) {
        return new Transformer(Parameters.of(config, InitialWeights.of(config, seed), parent));
    }

    /** One untrained model per seed, on an instance axis. */
    public static Transformer untrained(TransformerConfig config, long[] seeds, NDManager parent) {
        List<TlWeights> weights = new ArrayList<>();
        for (long seed : seeds) {
            weights.add(TlWeights.of(InitialWeights.draw(config, seed)));
        }
        return new Transformer(Parameters.stacked(config, weights, parent));
    }

    @Override
    public List<Dictionary> dictionaries() {
        return dictionaries;
    }

    public TransformerConfig config() {
        return parameters.config();
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public boolean causal() {
        return config().attentionDir() == AttentionDirection.CAUSAL;
    }

    /** Every hook point in the order of computation, those on request included. */
    public List<HookPoint> hookPoints() {
        return Sites.of(config());
    }

    /** The logits [batch, pos, d_vocab_out] of tokens int64 [batch, pos]; they belong to {@code target}. */
    public NDArray logits(NDArray tokens, NDManager target) {
        return forward(ForwardRequest.of(tokens), HookVisitor.none(), target).logits();
    }

    /**
     * One forward pass.
     *
     * @param target owns the result; everything else is freed block by block
     */
    @Override
    public ForwardResult forward(ForwardRequest pass, HookVisitor visitor, NDManager target) {
        int instances = parameters.instances();
        int stop = pass.stop() < 0 ? blocks.size() : pass.stop();
        if (pass.start() > stop || stop > blocks.size()) {
            throw new IllegalArgumentException(
                    "blocks " + pass.start() + " to " + stop + " of a model with " + blocks.size());
        }
        try (NDManager scope = target.newSubManager()) {
            Frame frame = new Frame(-1, Splices.of(dictionaries, visitor), scope, instances);
            Shape shape = residualShape(pass);
            checkLength(pass, shape);
            NDArray positions = embedding.positions(frame, pass.offset(), shape);
            NDArray given = pass.residual();
            NDArray tokens = pass.tokens();
            NDArray x = tokens != null ? embedding.apply(frame, tokens, positions) : Ops.alias(required(given), scope);
            boolean shortformer = config().positionalEmbeddingType() == PositionalEmbedding.SHORTFORMER;
            PassState state = new PassState(config(), pass, scope, target, shortformer ? positions : null);
            for (int layer = pass.start(); layer < stop; layer++) {
                x = block(frame, state, pass, layer, stop, x);
            }
            if (lowered) {
                checkRange(x);
            }
            NDArray logits = null;
            if (pass.logits() && stop == blocks.size()) {
                logits = Ops.alias(unembedding.apply(frame, pass, x), target);
            }
            return new ForwardResult(Ops.alias(x, target), logits, state.kept());
        }
    }

    /**
     * What a block's attention reads of a residual stream: its norm, gain and bias included.
     *
     * @param residual [batch, pos, d_model]
     * @param target owns the result, which shares the residual's memory where there is no norm
     */
    public NDArray attentionInput(int layer, NDArray residual, NDManager target) {
        try (NDManager scope = target.newSubManager()) {
            Frame frame = new Frame(layer, HookVisitor.none(), scope, parameters.instances());
            return Ops.alias(blocks.get(layer).attentionInput(frame, Ops.alias(residual, scope)), target);
        }
    }

    /** Half precision ends at 65504; a value beyond it makes the whole rest of its position infinite or NaN. */
    private static void checkRange(NDArray residual) {
        if (!Float.isFinite(residual.abs().max().getFloat())) {
            throw new UserInputException("activations of this model exceed the range of f16 (65504); use f32");
        }
    }

    private NDArray block(Frame frame, PassState state, ForwardRequest pass, int layer, int stop, NDArray x) {
        boolean last = layer == blocks.size() - 1 && pass.lastQueries() > 0;
        long queries = last ? Math.min(pass.lastQueries(), Ops.fromEnd(x, 2)) : Ops.fromEnd(x, 2);
        try (NDManager scope = frame.manager().newSubManager()) {
            x.attach(scope);
            Entry entry = layer == pass.start() ? pass.entry() : null;
            // Where numbers may exceed the range of their type the whole block is run, and its end tells.
            Site exit = layer == stop - 1 && !lowered ? pass.exit() : null;
            Frame own = frame.within(layer, scope);
            return Ops.alias(blocks.get(layer).apply(own, state, x, queries, entry, exit), frame.manager());
        }
    }

    private Shape residualShape(ForwardRequest pass) {
        NDArray tokens = pass.tokens();
        Shape shape = tokens != null
                ? tokens.getShape().add(config().dModel())
                : required(pass.residual()).getShape();
        int axes = parameters.instances() > 0 ? 4 : 3;
        if (shape.dimension() != axes || (tokens != null && tokens.getDataType() != DataType.INT64)) {
            throw new IllegalArgumentException("tokens must be int64 [" + (axes == 4 ? "instance, " : "")
                    + "batch, pos], a residual stream float with d_model after that; got "
                    + (tokens != null ? tokens.getDataType() + " " + tokens.getShape() : shape));
        }
        return shape;
    }

    private void checkLength(ForwardRequest pass, Shape residual) {
        long end = pass.offset() + residual.get(residual.dimension() - 2);
        if (end > config().nCtx()) {
            throw new IllegalArgumentException(end + " positions are more than n_ctx, which is " + config().nCtx());
        }
    }

    private static NDArray required(@Nullable NDArray residual) {
        if (residual == null) {
            throw new IllegalArgumentException("a pass starts from tokens or from a residual stream");
        }
        return residual;
    }

    @Override
    public void close() {
        parameters.close();
    }
}
