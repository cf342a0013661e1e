package dev.loupe.execute.load;

import ai.djl.ndarray.NDManager;
import dev.loupe.analysis.planning.WeightAccess;
import dev.loupe.model.forward.TokenModel;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.table.TableModel;
import org.jspecify.annotations.Nullable;

/** A table of probabilities: logits, and nothing else to read. */
record TableInMemory(TableModel model, String hash, NDManager manager) implements LoadedModel {
    @Override
    public @Nullable Transformer transformer() {
        return null;
    }

    @Override
    public TokenModel tokens() {
        return model;
    }

    @Override
    public WeightAccess weights(NDManager scope) {
        throw new IllegalArgumentException("a table of probabilities has no weights");
    }

    @Override
    public void close() {
        manager.close();
    }
}
