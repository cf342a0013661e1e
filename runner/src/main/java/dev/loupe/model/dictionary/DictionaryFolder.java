package dev.loupe.model.dictionary;

import ai.djl.ndarray.NDManager;
import dev.loupe.failure.EnvironmentException;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.tensors.NpzFile;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.Sha256;
import dev.loupe.tensors.TensorSource;
import dev.loupe.tensors.TorchFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A dictionary on disk: a file that describes it and one with its weights. Opening reads the configuration and the names and shapes
 * of the weights, not the weights.
 *
 * @param format which files it consists of
 * @param rotation seed of a random rotation of the space that it reads and writes, null for none
 * @param origin what is known of it besides its files, null where it is a folder of one's own
 */
public record DictionaryFolder(
        Path folder,
        DictionaryConfig config,
        DictionaryFormat format,
        @Nullable Long rotation,
        @Nullable DictionaryOrigin origin) {
    /** Of SAELens before version 2: a factor for each feature, which is 1 unless it was trained once more. */
    private static final String SCALE = "scaling_factor";

    /** Whether a folder has what a dictionary consists of. */
    public static boolean isIn(Path folder) {
        return DictionaryFormat.in(folder) != null;
    }

    /** @throws WeightsException with what is wrong with its files */
    public static DictionaryFolder open(Path folder) {
        return open(folder, StatedHooks.NOTHING, null);
    }

    /**
     * @param stated the activation that it is for, which its files must not contradict and may leave out
     * @param origin what is known of it besides its files; what it says of the model's processing goes before what they say
     * @throws WeightsException with what is wrong with its files
     */
    public static DictionaryFolder open(Path folder, StatedHooks stated, @Nullable DictionaryOrigin origin) {
        DictionaryFormat format = DictionaryFormat.in(folder);
        if (format == null) {
            List<String> names = names(folder);
            String lacking = DictionaryFormat.SAELENS.files().stream()
                    .filter(name -> !names.contains(name))
                    .findFirst()
                    .orElse("such folder");
            throw new IllegalArgumentException(
                    "no dictionary in " + folder + ": there is no " + lacking + ForeignFormat.said(names));
        }
        Path described = folder.resolve(format.config());
        DictionaryConfig config = switch (format) {
            case SAELENS -> DictionaryConfigReader.read(described);
            case DICTIONARY_LEARNING -> LearnedConfigReader.read(described, stated.reads());
            case SPARSIFY -> SparsifyConfigReader.read(described, stated);
            case GEMMA_SCOPE -> GemmaScopeReader.read(NpzFile.open(described), stated);
        };
        List<String> contradictions = new ArrayList<>();
        stated.check(config, contradictions);
        if (!contradictions.isEmpty()) {
            throw new WeightsException(described, contradictions);
        }
        if (origin != null && origin.processing() != null) {
            config = config.of(origin.processing());
        }
        DictionaryFolder opened = new DictionaryFolder(folder, config, format, null, origin);
        opened.check(opened.weights());
        return opened;
    }

    private static List<String> names(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        } catch (IOException e) {
            throw new EnvironmentException("the folder " + folder + " cannot be read", e);
        }
    }

    /** What people call it. */
    public String name() {
        return (origin == null ? String.valueOf(folder.getFileName()) : origin.name())
                + (rotation == null ? "" : ", rotated with seed " + rotation + ",");
    }

    /** The same in a space that is turned at random; unturned without a seed. */
    public DictionaryFolder rotated(@Nullable Long seed) {
        return new DictionaryFolder(folder, config, format, seed, origin);
    }

    private TensorSource weights() {
        Path file = folder.resolve(format.weights());
        return switch (format) {
            case SAELENS -> SafetensorsFile.open(file);
            case DICTIONARY_LEARNING -> new ForeignTensors(TorchFile.open(file), config);
            case SPARSIFY -> new ForeignTensors(SafetensorsFile.open(file), config);
            case GEMMA_SCOPE -> new ForeignTensors(NpzFile.open(file), config);
        };
    }

    private void check(TensorSource file) {
        Map<String, long[]> wanted = config.kind().tensors(config.in(), config.features(), config.out());
        List<String> problems = new ArrayList<>();
        wanted.forEach((name, shape) -> {
            if (!file.has(name)) {
                problems.add("has no " + name);
                return;
            }
            if (!Arrays.equals(file.shape(name), shape)) {
                problems.add(file.nameInFile(name) + " is "
                        + Arrays.toString(file.shapeInFile(name, file.shape(name))) + ", not "
                        + Arrays.toString(file.shapeInFile(name, shape)) + " as "
                        + (format == DictionaryFormat.GEMMA_SCOPE ? "W_enc" : format.config()) + " says");
            }
            if (!file.isFloating(name)) {
                problems.add(file.nameInFile(name) + " is " + file.type(name) + ", not floating point");
            }
        });
        for (String name : file.names()) {
            if (name.equals(SCALE) && file.isFloating(name)) {
                if (!ones(file.floats(name))) {
                    problems.add(name
                            + " is not 1 for every feature, and features that were rescaled after training are not "
                            + "supported: multiply W_dec's rows by it and leave it out");
                }
            } else if (!wanted.containsKey(name)) {
                problems.add("has " + JsonWords.cut(name) + ", which a dictionary of its architecture does not have");
            }
        }
        if (!problems.isEmpty()) {
            throw new WeightsException(file.file(), problems);
        }
    }

    private static boolean ones(float[] values) {
        for (float value : values) {
            if (!(Math.abs(value - 1) <= 1e-5)) {
                return false;
            }
        }
        return true;
    }

    /** The SHA-256 of each of its files. */
    public Map<String, String> hashes() {
        Map<String, String> hashes = new LinkedHashMap<>();
        try {
            for (String name : format.files()) {
                hashes.put(name, Sha256.of(folder.resolve(name)));
            }
        } catch (IOException e) {
            throw new EnvironmentException("the dictionary in " + folder + " cannot be read", e);
        }
        return hashes;
    }

    /** What identifies it: the bytes of its files, and the activation that it is for where they need not say it. */
    public String hash() {
        String place = format == DictionaryFormat.SAELENS
                ? ""
                : config.reads().name() + " " + config.writes().name();
        return Sha256.of(String.join("", hashes().values()) + place + (rotation == null ? "" : "rotated " + rotation));
    }

    /**
     * The weights in memory, widened to float32.
     *
     * @throws WeightsException where a number is NaN or infinite
     */
    public Dictionary load(NDManager manager) {
        TensorSource file = weights();
        check(file);
        Map<String, float[]> values = new LinkedHashMap<>();
        List<String> bad = new ArrayList<>();
        for (String name : config.kind()
                .tensors(config.in(), config.features(), config.out())
                .keySet()) {
            float[] own = file.floats(name);
            for (float value : own) {
                if (!Float.isFinite(value)) {
                    bad.add(name);
                    break;
                }
            }
            values.put(name, own);
        }
        if (!bad.isEmpty()) {
            throw new WeightsException(file.file(), List.of("NaN or infinity in " + String.join(", ", bad)));
        }
        return new Dictionary(config, rotation == null ? values : RotatedSpace.of(config, values, rotation), manager);
    }
}
