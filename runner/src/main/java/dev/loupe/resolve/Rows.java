package dev.loupe.resolve;

import dev.loupe.dataset.Dataset;
import dev.loupe.dataset.DatasetException;
import dev.loupe.dataset.PairedDataset;
import dev.loupe.dataset.Sources;
import dev.loupe.dataset.TokenDataset;
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
            set = remember(draw(name, unit, vocabulary));
            drawn.put(name + "/" + vocabulary, set);
        }
        return set;
    }

    private RowSet draw(String name, ModelUnit unit, int vocabulary) {
        if (name.endsWith(RowsRef.CORRUPTED)) {
            return corrupted(name, name.substring(0, name.length() - RowsRef.CORRUPTED.length()), unit, vocabulary);
        }
        if (!(datasets.get(name) instanceof TokenDataset tokens)) {
            throw new DatasetException("generator", "dataset `" + name + "` has no rows of tokens");
        }
        return RowSets.of(name, tokens.read(new Sources(folder, vocabulary)), Integer::toString);
    }

    /** The corrupted half of a paired dataset, aligned with its clean half. */
    private RowSet corrupted(String name, String base, ModelUnit unit, int vocabulary) {
        if (!(datasets.get(base) instanceof PairedDataset pairs)) {
            throw new DatasetException(
                    "generator", "dataset `" + base + "` has no corrupted counterparts, which patching needs");
        }
        RowsRef clean = of(base, unit).ref();
        RowSet set =
                RowSets.of(name, pairs.pairs(new Sources(folder, vocabulary)).corrupted(), Integer::toString);
        RowsRef ref = set.ref();
        return new RowSet(
                new RowsRef(name, ref.identity(), clean.alignment(), ref.buckets()),
                set.rows(),
                set.order(),
                set.text());
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
