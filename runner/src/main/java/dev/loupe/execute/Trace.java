package dev.loupe.execute;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.failure.UserInputException;
import dev.loupe.hook.HookPattern;
import dev.loupe.hook.HookPoint;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.Captures;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.Precision;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.ModelFiles;
import dev.loupe.model.weights.Processing;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs one model over token ids and writes what its hooks see: the way to hold a model against another implementation.
 *
 * @param model where its configuration and weights lie
 * @param tokens ids [row][pos], all rows of one length
 * @param processing what to do with the weights first
 * @param hooks which hook points; empty is all but those that exist only on request
 * @param precision number type of weight matrices and products; what is written is float32
 */
public record Trace(
        ModelFiles model, int[][] tokens, Set<Processing> processing, List<HookPattern> hooks, Precision precision) {
    /** A model in a folder, in float32. */
    public Trace(Path folder, int[][] tokens, Set<Processing> processing, List<HookPattern> hooks) {
        this(ModelFiles.in(folder), tokens, processing, hooks, Precision.F32);
    }

    /**
     * Writes every selected activation under its hook name, {@code logits} float32 [batch, pos, d_vocab_out] and
     * {@code tokens} int64 [batch, pos].
     *
     * @return how many hook points were written
     * @throws UserInputException where tokens or patterns do not fit the model
     */
    public int write(Path out, NDManager parent) throws IOException {
        return write(ModelFolder.open(model), out, parent);
    }

    /** The same for a model that is open already. */
    public int write(ModelFolder folder, Path out, NDManager parent) throws IOException {
        long[] ids = checked(folder.config());
        long[] shape = {tokens.length, tokens[0].length};
        SafetensorsWriter file = new SafetensorsWriter().longs("tokens", shape, ids);
        try (NDManager manager = parent.newSubManager();
                Transformer transformer = folder.load(processing, manager, precision)) {
            List<HookPoint> points = selected(transformer);
            Captures captures = new Captures(points, manager);
            NDArray input = manager.create(ids, new Shape(shape));
            NDArray logits = transformer
                    .forward(ForwardRequest.of(input), captures, manager)
                    .logits();
            add(file, "logits", logits);
            for (Map.Entry<HookPoint, NDArray> e : captures.values().entrySet()) {
                add(file, e.getKey().name(), e.getValue());
            }
            file.write(out);
            return points.size();
        }
    }

    private static void add(SafetensorsWriter file, String name, NDArray value) {
        file.floats(name, value.getShape().getShape(), value.toFloatArray());
    }

    private long[] checked(TransformerConfig config) {
        if (tokens.length == 0 || tokens[0].length == 0) {
            throw new UserInputException("tokens: the list is empty");
        }
        int length = tokens[0].length;
        if (length > config.nCtx()) {
            throw new UserInputException("tokens: " + length + " are more than the model's n_ctx, " + config.nCtx());
        }
        List<Long> ids = new ArrayList<>();
        for (int row = 0; row < tokens.length; row++) {
            if (tokens[row].length != length) {
                throw new UserInputException("tokens: row " + row + " has " + tokens[row].length + " ids, row 0 has "
                        + length + "; the rows of one trace must have equal length");
            }
            for (int id : tokens[row]) {
                if (id < 0 || id >= config.dVocab()) {
                    throw new UserInputException(
                            "tokens: id " + id + " in row " + row + " is outside 0.." + (config.dVocab() - 1));
                }
                ids.add((long) id);
            }
        }
        return ids.stream().mapToLong(Long::longValue).toArray();
    }

    private List<HookPoint> selected(Transformer transformer) {
        List<HookPoint> all = transformer.hookPoints();
        Set<HookPoint> out = new TreeSet<>();
        List<HookPattern> patterns = hooks.isEmpty() ? List.of(new HookPattern("*")) : hooks;
        for (HookPattern pattern : patterns) {
            List<HookPoint> matching = pattern.select(all);
            if (matching.isEmpty()) {
                throw new UserInputException("hooks: '" + pattern.glob() + "' matches no hook point of the model; "
                        + "`loupe list` shows their names, and the logits are always written");
            }
            out.addAll(matching);
        }
        return List.copyOf(out);
    }
}
