package dev.loupe.model;

import ai.djl.ndarray.NDManager;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.ShardedSource;
import dev.loupe.tensors.TensorSource;
import dev.loupe.tensors.TorchFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A model on disk: config.json in TransformerLens' or a hub family's fields, weights as safetensors (one file or
 * sharded) or torch's zip format. Opening checks the configuration and every tensor's name and shape, and reads no
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
    public static ModelFolder open(Path folder) {
        Path configFile = folder.resolve("config.json");
        if (!Files.isRegularFile(configFile)) {
            throw new WeightsException(folder, List.of("has no config.json"));
        }
        ConfigJson json = ConfigJson.read(configFile);
        try {
            if (json.has("model_type") || json.has("architectures")) {
                String type = json.text("model_type", "");
                HubArchitecture family = HubArchitecture.of(type);
                if (family == null) {
                    throw new WeightsException(
                            configFile,
                            List.of("model_type '" + type + "' is not supported; known are "
                                    + String.join(", ", HubArchitecture.all().keySet())));
                }
                TransformerConfig config = family.config(json);
                WeightReader reader = WeightReader.hub(weights(folder), family, config, json);
                json.check();
                return new ModelFolder(config, reader);
            }
            TransformerConfig config = TlConfigReader.read(json);
            return new ModelFolder(config, WeightReader.transformerLens(weights(folder), config));
        } catch (ConfigException e) {
            throw new WeightsException(configFile, e.problems());
        }
    }

    private static TensorSource weights(Path folder) {
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
                return sharded(folder, folder.resolve(name));
            }
        }
        throw new WeightsException(
                folder,
                List.of("has no weights: looked for model.safetensors,"
                        + " model.safetensors.index.json, model_final.pth and pytorch_model.bin"));
    }

    private static TensorSource sharded(Path folder, Path index) {
        Set<String> names = new TreeSet<>();
        ConfigJson.read(index).node("weight_map").forEach(file -> names.add(file.asText()));
        if (names.isEmpty()) {
            throw new WeightsException(index, List.of("names no files"));
        }
        List<TensorSource> shards = new ArrayList<>();
        for (String name : names) {
            if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,200}") || name.contains("..")) {
                throw new WeightsException(index, List.of("names a file outside its folder"));
            }
            Path shard = folder.resolve(name);
            shards.add(name.endsWith(".safetensors") ? SafetensorsFile.open(shard) : TorchFile.open(shard));
        }
        return new ShardedSource(index, shards);
    }

    /** The configuration of the weights as they are in the files. */
    public TransformerConfig config() {
        return config;
    }

    /** The unprocessed weights by TransformerLens' names. */
    public TlWeights weights() {
        return reader;
    }

    /** SHA-256 over the sorted names, types, shapes and bytes of the files' tensors, in hexadecimal. */
    public String weightsHash() {
        return WeightsHash.of(reader.source());
    }

    /**
     * The model, with its weights processed and on the manager's device.
     *
     * @throws WeightsException naming every tensor with a NaN or infinity
     */
    public Transformer load(Set<Processing> steps, NDManager manager) {
        WeightProcessing processing = new WeightProcessing(config, steps);
        Set<String> bad = new TreeSet<>();
        TlWeights checked = name -> {
            float[] values = reader.read(name);
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    bad.add(name);
                    break;
                }
            }
            return values;
        };
        Parameters parameters = Parameters.of(processing.config(), processing.apply(checked), manager);
        if (!bad.isEmpty()) {
            parameters.close();
            throw new WeightsException(reader.source().file(), List.of("NaN or infinity in " + String.join(", ", bad)));
        }
        return new Transformer(parameters);
    }
}
