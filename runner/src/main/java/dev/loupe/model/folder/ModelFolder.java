package dev.loupe.model.folder;

import ai.djl.ndarray.NDManager;
import dev.loupe.model.config.ConfigException;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.family.ConfigJson;
import dev.loupe.model.family.ForeignFields;
import dev.loupe.model.family.HubArchitecture;
import dev.loupe.model.family.TlConfigReader;
import dev.loupe.model.forward.Parameters;
import dev.loupe.model.forward.Precision;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.gguf.GgufModel;
import dev.loupe.model.weights.FiniteWeights;
import dev.loupe.model.weights.ModelFiles;
import dev.loupe.model.weights.Processing;
import dev.loupe.model.weights.TlWeights;
import dev.loupe.model.weights.WeightProcessing;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.tensors.GgufFile;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.TensorSource;
import dev.loupe.tensors.TorchFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model on disk: config.json in TransformerLens' or a hub family's fields, weights as safetensors (one file or
 * sharded), torch's zip format or GGUF; or a GGUF file alone, with its configuration in it. Where a folder has other
 * weights beside a GGUF file, those are taken. Opening checks the configuration and every tensor's name and shape, and reads no
 * weights.
 */
public final class ModelFolder {
    private final TransformerConfig config;
    private final WeightReader reader;

    private ModelFolder(TransformerConfig config, WeightReader reader) {
        this.config = config;
        this.reader = reader;
    }

    /**
     * @throws WeightsException where configuration and weights do not make a model, with every problem
     * @throws dev.loupe.tensors.TensorFileException where a weight file cannot be trusted
     */
    public static ModelFolder open(Path path) {
        return open(ModelFiles.in(path));
    }

    /** As {@link #open(Path)}, where weights or configuration do not have their usual place. */
    public static ModelFolder open(ModelFiles files) {
        Path path = files.folder();
        TransformerConfig described = files.config();
        if (described != null) {
            return new ModelFolder(described, WeightReader.transformerLens(weights(files), described));
        }
        Path configFile = beside(path).resolve("config.json");
        boolean configured = Files.isRegularFile(configFile);
        Path gguf = files.weights() != null ? null : gguf(path);
        if (gguf != null) {
            GgufModel model = new GgufModel(GgufFile.open(gguf));
            ConfigJson own = model.config(configured ? ConfigJson.read(configFile) : null);
            ModelFolder found = hub(gguf, own, model.tensors(), model::scaled);
            if (configured) {
                agree(configFile, read(configFile), gguf, found.config);
            }
            return found;
        }
        if (!configured) {
            throw new WeightsException(path, List.of("has no config.json and no .gguf file"));
        }
        ConfigJson json = ConfigJson.read(configFile);
        if (isHub(json)) {
            // A family that is not known is said before weights are looked for.
            family(configFile, json);
            return hub(configFile, json, weights(files), config -> config);
        }
        if (json.has("architecture")) {
            throw new WeightsException(configFile, List.of("describes a network without tokens, not a transformer"));
        }
        if (!json.has("d_model")) {
            throw new WeightsException(
                    configFile,
                    List.of(
                            "has neither model_type (Hugging Face) nor d_model (TransformerLens) nor architecture (a network without tokens)"));
        }
        try {
            TransformerConfig config = TlConfigReader.read(json);
            return new ModelFolder(config, WeightReader.transformerLens(weights(files), config));
        } catch (ConfigException e) {
            throw new WeightsException(configFile, e.problems());
        }
    }

    /** Whether a path is a model: a .gguf file, or a folder with a config.json or a .gguf file. */
    public static boolean isIn(Path path) {
        return Files.isRegularFile(path.resolve("config.json"))
                || (Files.isRegularFile(path) && path.toString().endsWith(GGUF))
                || !ggufFiles(path).isEmpty();
    }

    private static boolean isHub(ConfigJson json) {
        return json.has("model_type") || json.has("architectures");
    }

    private static ModelFolder hub(
            Path configFile, ConfigJson json, TensorSource weights, UnaryOperator<TransformerConfig> scaled) {
        try {
            HubArchitecture family = family(configFile, json);
            ForeignFields.check(json);
            TransformerConfig config = scaled.apply(family.config(json));
            WeightReader reader = WeightReader.hub(weights, family, config, json);
            json.check();
            return new ModelFolder(config, reader);
        } catch (ConfigException e) {
            throw new WeightsException(configFile, e.problems());
        }
    }

    private static HubArchitecture family(Path configFile, ConfigJson json) {
        HubArchitecture family = HubArchitecture.of(json.text("model_type", ""));
        if (family == null) {
            throw new WeightsException(configFile, List.of(HubArchitecture.unknown(json)));
        }
        return family;
    }

    private static TransformerConfig read(Path configFile) {
        ConfigJson json = ConfigJson.read(configFile);
        try {
            HubArchitecture family = family(configFile, json);
            ForeignFields.check(json);
            TransformerConfig config = family.config(json);
            json.check();
            return config;
        } catch (ConfigException e) {
            throw new WeightsException(configFile, e.problems());
        }
    }

    private static void agree(Path configFile, TransformerConfig json, Path gguf, TransformerConfig own) {
        if (!sameNumbers(own, json)) {
            throw new WeightsException(
                    configFile,
                    List.of("disagrees with " + gguf.getFileName() + " beside it: "
                            + String.join(", ", json.differences(own))));
        }
    }

    /** A converter may write a scaling in another form, such as a divisor for each pair. */
    private static boolean sameNumbers(TransformerConfig own, TransformerConfig json) {
        if (own.rotaryDim() != json.rotaryDim()) {
            return false;
        }
        float[] its = json.rotaryScaling().frequencies(json.rotaryBase(), json.rotaryDim(), json.nCtx());
        float[] mine = own.rotaryScaling().frequencies(own.rotaryBase(), own.rotaryDim(), json.nCtx());
        boolean near = Math.abs(own.rotaryAttentionFactor() - json.rotaryAttentionFactor()) < 1e-5;
        for (int pair = 0; pair < mine.length; pair++) {
            near &= Math.abs(mine[pair] - its[pair]) <= 1e-5 * its[pair];
        }
        return near
                && own.equals(json.with()
                        .rotaryScaling(own.rotaryScaling())
                        .rotaryAttentionFactor(own.rotaryAttentionFactor())
                        .build());
    }

    /** The folder whose files describe a model: a GGUF file's own, else the model itself. */
    private static Path beside(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return Files.isRegularFile(path) && parent != null ? parent : path;
    }

    private static final String GGUF = ".gguf";

    /** The GGUF file to take: the path itself, or a folder's only one where no other weights lie there. */
    public static @Nullable Path gguf(Path path) {
        if (Files.isRegularFile(path)) {
            return path;
        }
        if (Files.isRegularFile(path.resolve("config.json")) && otherWeights(path)) {
            return null;
        }
        List<Path> found = ggufFiles(path);
        if (found.size() > 1) {
            throw new WeightsException(path, List.of("has several .gguf files; name one of them: " + found));
        }
        return found.isEmpty() ? null : found.get(0);
    }

    private static boolean otherWeights(Path folder) {
        return Stream.of(
                        "model.safetensors",
                        "model.safetensors.index.json",
                        "model_final.pth",
                        "pytorch_model.bin",
                        "pytorch_model.bin.index.json")
                .anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    private static List<Path> ggufFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(p -> p.toString().endsWith(GGUF)).sorted().toList();
        } catch (IOException e) {
            throw new WeightsException(folder, List.of("cannot be read: " + e));
        }
    }

    /** The file that the weights come from, and what it was preferred to; for people. */
    public String origin() {
        Path file = reader.source().file();
        Path folder = file.toAbsolutePath().getParent();
        List<Path> others = folder == null || file.toString().endsWith(GGUF) ? List.of() : ggufFiles(folder);
        return file.getFileName()
                + (others.isEmpty() ? "" : ", not " + others.get(0).getFileName())
                + (reader.prefix().isEmpty() ? "" : ", its tensors' names without their prefix " + reader.prefix());
    }

    /** What a wrapper put before every tensor's name, which is left out; empty where there is none. */
    public String prefix() {
        return reader.prefix();
    }

    /** The tensors of a folder, from the first of the usual files that is there. */
    public static TensorSource tensors(Path folder) {
        return weights(ModelFiles.in(folder));
    }

    private static TensorSource weights(ModelFiles files) {
        Path folder = files.folder();
        Path named = files.weights();
        if (named != null) {
            return named.toString().endsWith(".index.json") ? ShardIndex.open(named) : single(named);
        }
        if (Files.isRegularFile(folder.resolve("model.safetensors"))) {
            return SafetensorsFile.open(folder.resolve("model.safetensors"));
        }
        for (String name : new String[] {"model_final.pth", "pytorch_model.bin"}) {
            if (Files.isRegularFile(folder.resolve(name))) {
                return TorchFile.open(folder.resolve(name));
            }
        }
        for (String name : new String[] {"model.safetensors.index.json", "pytorch_model.bin.index.json"}) {
            if (Files.isRegularFile(folder.resolve(name))) {
                return ShardIndex.open(folder.resolve(name));
            }
        }
        return single(OnlyWeights.of(folder));
    }

    /** One file of weights, by its name. */
    static TensorSource single(Path file) {
        return file.toString().endsWith(".safetensors") ? SafetensorsFile.open(file) : TorchFile.open(file);
    }

    /** The configuration of the weights as they are in the files. */
    public TransformerConfig config() {
        return config;
    }

    /**
     * The unprocessed weights by TransformerLens' names.
     *
     * @throws WeightsException where a tied head is stored and is not the embedding
     */
    public TlWeights weights() {
        reader.checkHead();
        return reader;
    }

    /** Why steps on TransformerLens' tensors would not be steps on the file's; null where they are. */
    public @Nullable String unlikeInTraining() {
        return reader.unlikeInTraining();
    }

    /** The file that the weights come from. */
    public Path weightsFile() {
        return reader.source().file();
    }

    /** Whether the unembedding is the embedding, so that unprocessed weights hold it once. */
    public boolean tied() {
        return reader.transposeOf("unembed.W_U") != null;
    }

    /** The files that weights and configuration are read from, where the weights lie. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>(reader.source().files());
        Path described = beside(reader.source().file()).resolve("config.json");
        if (Files.isRegularFile(described)) {
            files.add(described);
        }
        return files;
    }

    /** SHA-256 over the sorted names, types, shapes and bytes of the files' tensors, in hexadecimal. */
    public String weightsHash() {
        return KnownHashes.of(reader.source(), () -> weightsHash(reader.source()));
    }

    /** The same of any tensors. */
    public static String weightsHash(TensorSource source) {
        return WeightsHash.of(source);
    }

    /**
     * The model, with its weights processed and on the manager's device.
     *
     * @throws WeightsException naming every tensor with a NaN or infinity, or a tied head that is not the embedding
     */
    public Transformer load(Set<Processing> steps, NDManager manager) {
        return load(steps, manager, Precision.F32);
    }

    /** The same with weight matrices in a number type. */
    public Transformer load(Set<Processing> steps, NDManager manager, Precision precision) {
        FiniteWeights checked = new FiniteWeights(weights());
        WeightProcessing processing = new WeightProcessing(config, steps);
        Parameters parameters = Parameters.of(processing.config(), processing.apply(checked), manager, precision);
        if (!checked.bad().isEmpty()) {
            parameters.close();
            throw checked.problem(reader.source().file());
        }
        return new Transformer(parameters);
    }
}
