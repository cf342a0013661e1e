package dev.loupe.execute.generate;

import ai.djl.ndarray.NDManager;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.batch.TokenArrays;
import dev.loupe.execute.edit.Editing;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.ForwardResult;
import dev.loupe.model.forward.KeyValues;
import dev.loupe.model.forward.Transformer;
import dev.loupe.plan.edit.Cell;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One growing text: keys and values of what was read are kept, so that each step computes the new positions alone. */
public final class Decoder implements AutoCloseable {
    private final Transformer model;
    private final Cell cell;
    private final Editing.Values values;
    private final NDManager manager;
    private @Nullable NDManager held;
    private @Nullable KeyValues past;
    private int[] text = {};
    private int position;

    /** @param cell what is edited at every position */
    public Decoder(Transformer model, Cell cell, Editing.Values values, NDManager parent) {
        this.model = model;
        this.cell = cell;
        this.values = values;
        this.manager = parent.newSubManager();
    }

    /** How many tokens it has read. */
    int position() {
        return position;
    }

    /** Reads on; the logits [d_vocab_out] after the last of {@code ids}. */
    public float[] read(int... ids) {
        text = IntStream.concat(IntStream.of(text), IntStream.of(ids)).toArray();
        if (past == null || !model.config().rotaryScaling().changesAt(text.length)) {
            return read(ids, past);
        }
        // All positions turn by the whole length: keys that were kept of a shorter text are of no use.
        position = 0;
        return read(text, null);
    }

    private float[] read(int[] ids, @Nullable KeyValues earlier) {
        NDManager next = manager.newSubManager();
        try (NDManager scope = manager.newSubManager()) {
            int[][] row = {ids};
            ForwardRequest pass = ForwardRequest.of(TokenArrays.array(row, scope))
                    .keepingKeyValues()
                    .at(new int[][] {{ids.length - 1}});
            TokenRows rows = new TokenRows(row, new int[0][], Map.of(), Map.of(), Map.of());
            Editing editing = new Editing(List.of(cell), rows, values, scope);
            ForwardResult result = model.forward(earlier == null ? pass : pass.after(earlier, position), editing, next);
            editing.checkFired();
            float[] logits = result.logits().toFloatArray();
            result.logits().close();
            result.residual().close();
            letGo();
            held = next;
            past = result.keyValues();
            position += ids.length;
            return logits;
        } catch (RuntimeException | Error e) {
            next.close();
            throw e;
        }
    }

    private void letGo() {
        NDManager old = held;
        if (old != null) {
            old.close();
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
