package dev.loupe.resolve;

import dev.loupe.dataset.Dataset;
import dev.loupe.dataset.DatasetException;
import dev.loupe.dataset.Sources;
import dev.loupe.dataset.TokenDataset;
import dev.loupe.dataset.TokenRows;
import dev.loupe.plan.RowsRef;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The datasets of a spec, drawn once for each vocabulary that reads them. Not for several threads. */
public final class Rows {
    private final Path folder;
    private final Map<String, Dataset> datasets;
    private final Map<String, RowSet> drawn = new LinkedHashMap<>();
    private final Map<String, RowSet> byIdentity = new LinkedHashMap<>();

    public Rows(Path folder, Map<String, Dataset> datasets) {
        this.folder = folder;
        this.datasets = datasets;
    }

    /**
     * The rows of a dataset for a model.
     *
     * @throws DatasetException where options, files and model do not fit together
     */
    public RowSet of(String name, ModelUnit unit) {
        int vocabulary = unit.ref().shape().vocabulary();
        RowSet set = drawn.get(name + "/" + vocabulary);
        if (set == null) {
            if (!(datasets.get(name) instanceof TokenDataset tokens)) {
                throw new DatasetException("generator", "dataset `" + name + "` has no rows of tokens");
            }
            TokenRows rows = tokens.read(new Sources(folder, vocabulary));
            set = remember(RowSets.of(name, rows, Integer::toString));
            drawn.put(name + "/" + vocabulary, set);
        }
        return set;
    }

    RowSet permuted(RowSet set, long seed) {
        return remember(RowSets.permuted(set, seed));
    }

    RowSet shuffledTokens(RowSet set, long seed) {
        return remember(RowSets.shuffledTokens(set, seed));
    }

    private RowSet remember(RowSet set) {
        byIdentity.put(set.ref().identity(), set);
        return set;
    }

    /** The rows that a plan names. */
    public RowSet of(RowsRef ref) {
        RowSet set = byIdentity.get(ref.identity());
        if (set == null) {
            throw new IllegalStateException("rows of " + ref.name() + " were never drawn");
        }
        return set;
    }

    /** Content hashes by dataset name. */
    public Map<String, String> hashes() {
        Map<String, String> hashes = new LinkedHashMap<>();
        drawn.values().forEach(set -> hashes.put(set.ref().name(), set.ref().identity()));
        return hashes;
    }
}
