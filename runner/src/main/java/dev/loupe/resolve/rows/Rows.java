package dev.loupe.resolve.rows;

import dev.loupe.dataset.PairedDataset;
import dev.loupe.dataset.TokenDataset;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.dataset.rows.NoTokenizerException;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TextEncoder;
import dev.loupe.model.card.PublicCard;
import dev.loupe.model.card.PublicChoice;
import dev.loupe.model.folder.HubTokenizer;
import dev.loupe.plan.ask.RowsRef;
import dev.loupe.resolve.model.AbsentTokenizer;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.schema.DataFile;
import dev.loupe.schema.DataFiles;
import dev.loupe.spec.NamedDataset;
import dev.loupe.tensors.FileDirection;
import dev.loupe.tensors.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The datasets of a spec, drawn once for each vocabulary that reads them. Not for several threads. */
public final class Rows {
    private final List<Path> folders;
    private final Map<String, NamedDataset> datasets;
    private final CatalogCorpora corpora;
    private final Map<Path, HubTokenizer> encoders = new HashMap<>();
    private final Map<String, RowSet> drawn = new LinkedHashMap<>();
    private final Map<String, RowSet> byIdentity = new LinkedHashMap<>();

    /**
     * @param folders where files are looked for: the folder of the spec, then the data root where there is one
     * @param catalog where the cards of corpora are looked for
     */
    public Rows(List<Path> folders, Map<String, NamedDataset> datasets, ModelCatalog catalog) {
        this.folders = List.copyOf(folders);
        this.datasets = datasets;
        this.corpora = new CatalogCorpora(catalog);
    }

    /**
     * The rows of a dataset for a model.
     *
     * @throws DatasetException where options, files and model do not fit together
     */
    public RowSet of(String name, ModelInstance unit) {
        String key = key(name, unit);
        RowSet set = drawn.get(key);
        if (set == null) {
            try {
                set = remember(draw(name, unit, unit.ref().shape().vocabulary()));
            } catch (DatasetException e) {
                throw e.in(name);
            }
            drawn.put(key, set);
        }
        int longest = Arrays.stream(set.rows().tokens())
                .mapToInt(row -> row.length)
                .max()
                .orElse(0);
        int context = unit.ref().shape().context();
        if (context > 0 && longest > context) {
            throw new DatasetException(
                            "generator",
                            "rows of up to " + longest + " tokens are longer than the context of "
                                    + unit.ref().label() + ", which is " + context)
                    .in(name);
        }
        return set;
    }

    /** The rows of a dataset for a model where they have been drawn already; null where nothing read them. */
    public @Nullable RowSet drawn(String name, ModelInstance unit) {
        return drawn.get(key(name, unit));
    }

    /** What the rows of a dataset depend on beside the spec. */
    private static String key(String name, ModelInstance unit) {
        return name + "/" + unit.ref().shape().vocabulary() + "/" + unit.tokenizer() + "/" + unit.bos();
    }

    private RowSet draw(String name, ModelInstance unit, int vocabulary) {
        Path tokenizer = unit.tokenizer();
        if (tokenizer == null) {
            return withoutTokenizer(name, unit, vocabulary);
        }
        // Closed after reading: the text of single tokens is shown without the library.
        try (HubTokenizer encoder = encoders.computeIfAbsent(tokenizer, HubTokenizer::open)) {
            encoder.readFor(vocabulary);
            Sources sources =
                    new Sources(folders, vocabulary, encoder.specials(), encoder, policy(unit, encoder), corpora);
            RowSet set = draw(name, unit, sources, encoder::display);
            for (int[] row : set.rows().tokens()) {
                for (int id : row) {
                    encoder.check(id, "a row of `" + name + "`");
                }
            }
            return set;
        }
    }

    /** What stands before a text when the spec leaves it to the model: its card decides, else its tokenizer. */
    private static @Nullable Integer policy(ModelInstance unit, HubTokenizer encoder) {
        return unit.bos() == PublicCard.Bos.REQUIRED
                ? encoder.namedBos()
                : unit.bos() == PublicCard.Bos.NONE ? null : encoder.ownBos();
    }

    private RowSet withoutTokenizer(String name, ModelInstance unit, int vocabulary) {
        try {
            return draw(name, unit, new Sources(folders, vocabulary, Set.of(), null, null), Integer::toString);
        } catch (NoTokenizerException e) {
            requireTokenizer(unit, name);
            throw e;
        }
    }

    /** @throws AbsentTokenizer where the tokenizer belongs to a public model that is not on this disk */
    private static void requireTokenizer(ModelInstance unit, String dataset) {
        PublicChoice absent = unit.source().absent();
        if (absent != null) {
            throw new AbsentTokenizer(absent, dataset);
        }
    }

    /**
     * Something that is read with the tokenizer of a model.
     *
     * @param word what is to be read
     * @param dataset what it is read for
     * @throws IllegalArgumentException where the model has none
     */
    public <T> T read(ModelInstance unit, String word, String dataset, Function<TextEncoder, T> reading) {
        Path tokenizer = unit.tokenizer();
        if (tokenizer == null) {
            requireTokenizer(unit, dataset);
            throw new IllegalArgumentException("\"" + word + "\" is a word, but "
                    + unit.ref().label() + " has no tokenizer: name tokens by `{ids: [...]}`");
        }
        try (HubTokenizer encoder = encoders.computeIfAbsent(tokenizer, HubTokenizer::open)) {
            encoder.readFor(unit.ref().shape().vocabulary());
            return reading.apply(encoder);
        }
    }

    private RowSet draw(String name, ModelInstance unit, Sources sources, IntFunction<String> text) {
        if (name.endsWith(RowsRef.CORRUPTED)) {
            return corrupted(name, name.substring(0, name.length() - RowsRef.CORRUPTED.length()), unit, sources, text);
        }
        NamedDataset named = datasets.get(name);
        if (named == null || !(named.source() instanceof TokenDataset tokens)) {
            throw new DatasetException("generator", "dataset `" + name + "` has no rows of tokens");
        }
        return RowSets.of(name, named.named(tokens.read(sources)), text);
    }

    /** The corrupted half of a paired dataset, aligned with its clean half. */
    private RowSet corrupted(String name, String base, ModelInstance unit, Sources sources, IntFunction<String> text) {
        NamedDataset named = datasets.get(base);
        if (named == null || !(named.source() instanceof PairedDataset pairs)) {
            throw new DatasetException(
                    "generator", "dataset `" + base + "` has no corrupted counterparts, which patching needs");
        }
        RowsRef clean = of(base, unit).ref();
        RowSet set = RowSets.of(name, named.named(pairs.pairs(sources).corrupted()), text);
        RowsRef ref = set.ref();
        return new RowSet(
                new RowsRef(name, ref.identity(), clean.alignment(), ref.buckets(), ref.labels()),
                set.rows(),
                set.order(),
                set.text());
    }

    private boolean hasTokens(String name) {
        NamedDataset named = datasets.get(name);
        return named != null && named.source() instanceof TokenDataset;
    }

    /** What stands before every row of a dataset for a model, in words; empty where the dataset has no tokens. */
    public String beginning(String name, ModelInstance unit) {
        if (!hasTokens(name) || !unit.ref().shape().readsTokens()) {
            return "";
        }
        RowSet set = of(name, unit);
        int[][] tokens = set.rows().tokens();
        int first = tokens[0][0];
        boolean common = Arrays.stream(tokens).allMatch(row -> row[0] == first);
        HubTokenizer encoder = unit.tokenizer() == null ? null : encoders.get(unit.tokenizer());
        boolean special = encoder != null && encoder.specials().contains(first);
        // Sentences may well begin alike; with bare ids nothing else tells a begin of text.
        if (!common || (!special && (encoder != null || tokens.length < 3))) {
            return "no BOS token";
        }
        return "every row begins with token " + first + (encoder == null ? "" : " " + encoder.display(first));
    }

    /** The visible text of a token id of a model; its number where the model has no tokenizer. */
    public IntFunction<String> text(ModelInstance unit) {
        Path tokenizer = unit.tokenizer();
        if (tokenizer == null) {
            return Integer::toString;
        }
        HubTokenizer encoder = encoders.get(tokenizer);
        if (encoder == null) {
            try (HubTokenizer opened = HubTokenizer.open(tokenizer)) {
                encoder = opened;
            }
            encoders.put(tokenizer, encoder);
        }
        return encoder::display;
    }

    /**
     * The numbers [n] of a tensor of a safetensors file below the folder of the spec.
     *
     * @param at places on its other axes
     */
    public float[] vector(DataFile file, String tensor, List<Integer> at) {
        try {
            return FileDirection.of(file(file), file.toString(), tensor, at);
        } catch (DatasetException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    private Path file(DataFile file) {
        return new Sources(folders, 0, Set.of(), null, null).file("file", file);
    }

    public RowSet permuted(RowSet set, long seed) {
        return remember(RowSets.permuted(set, seed));
    }

    public RowSet shuffledTokens(RowSet set, long seed) {
        return remember(RowSets.shuffledTokens(set, seed));
    }

    /** The same rows with the positions that their labels point to in another order, see {@link ShuffledTargets}. */
    public RowSet shuffledTargets(RowSet set, long seed, boolean ofOtherRows) {
        return remember(ShuffledTargets.of(set, seed, ofOtherRows));
    }

    /** The same crossed prompts with their second factor exchanged between groups, see {@link ShuffledPairs}. */
    public RowSet shuffledPairs(RowSet set, long seed) {
        return remember(ShuffledPairs.of(set, seed));
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

    /** Content hashes of the files that a spec names, by name; of one that is nowhere read and does not exist, a word. */
    public Map<String, String> fileHashes(Record spec) {
        return NamedFiles.of(spec, this::matching, file -> {
            try {
                return Sha256.of(file(file));
            } catch (DatasetException e) {
                return "absent";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The files of a pattern; none where that is an error that reading them tells. */
    private List<DataFile> matching(DataFiles pattern) {
        try {
            return new Sources(folders, 0, Set.of(), null, null).files("files", pattern);
        } catch (DatasetException e) {
            return List.of();
        }
    }

    /** Content hashes of the files of corpora that were read, by corpus and file. */
    public Map<String, String> corpusHashes() {
        return corpora.hashes();
    }

    /** The corpora that were read, in words: where they are from, and their licences. */
    public List<String> corpora() {
        return corpora.described();
    }

    /** Content hashes by dataset name. */
    public Map<String, String> hashes() {
        Map<String, String> hashes = new LinkedHashMap<>();
        drawn.values().forEach(set -> hashes.put(set.ref().name(), set.ref().identity()));
        return hashes;
    }
}
