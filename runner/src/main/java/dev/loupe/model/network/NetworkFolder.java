package dev.loupe.model.network;

import dev.loupe.dataset.features.FeatureDataset;
import dev.loupe.model.card.ToyGrid;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.toy.ToyConfig;
import dev.loupe.model.toy.ToyParameter;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.schema.Binder;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlTree;
import dev.loupe.tensors.Sha256;
import dev.loupe.tensors.TensorSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A network without tokens on disk that Loupe did not train: {@link NetworkDescription config.json}, and its weights as safetensors
 * or in torch's zip format. A parameter has the shape that the kind of network gives it, or that shape behind an axis of networks
 * that lie side by side. Opening checks names and shapes, and reads no weights.
 */
public final class NetworkFolder {
    private static final String CONFIG = "config.json";

    private final Path config;
    private final NetworkDescription described;
    private final TensorSource source;
    private final int instances;

    private NetworkFolder(Path config, NetworkDescription described, TensorSource source, int instances) {
        this.config = config;
        this.described = described;
        this.source = source;
        this.instances = instances;
    }

    /** Whether a folder's config.json describes a network without tokens. */
    public static boolean isIn(Path folder) {
        Path config = folder.resolve(CONFIG);
        try {
            return Files.isRegularFile(config)
                    && YamlTree.read(config) instanceof YamlMap map
                    && map.get("architecture") != null;
        } catch (SpecException e) {
            return false;
        }
    }

    /**
     * @throws SpecException with every problem of config.json
     * @throws WeightsException with every tensor that is missing or has another shape
     */
    public static NetworkFolder open(Path folder) {
        Path config = folder.resolve(CONFIG);
        NetworkDescription described =
                Binder.bind(YamlTree.read(config), NetworkDescription.class).value();
        TensorSource source = ModelFolder.tensors(folder);
        List<String> problems = new ArrayList<>();
        int instances = check(described, source, problems);
        FeatureDataset data = described.vectors();
        ToyConfig shape = described.architecture().config();
        int groups = data == null ? 1 : Math.max(1, data.sparsity().size());
        if (data != null && (data.width() != shape.width() || data.answers() != shape.answers())) {
            problems.add("`data` has " + data.width() + " inputs and " + data.answers()
                    + " targets, but the architecture reads " + shape.width() + " numbers and answers with "
                    + shape.answers());
        }
        if (problems.isEmpty() && instances % groups != 0) {
            problems.add("has " + instances + " networks side by side, which " + groups
                    + " sparsities of `data` do not divide into equal groups");
        }
        if (!problems.isEmpty()) {
            throw new WeightsException(source.file(), problems);
        }
        return new NetworkFolder(config, described, source, instances);
    }

    /** How many networks lie side by side: 1 where parameters have no axis for it. */
    private static int check(NetworkDescription described, TensorSource source, List<String> problems) {
        List<ToyParameter> parameters = described.architecture().config().parameters();
        List<String> known = parameters.stream().map(ToyParameter::name).toList();
        TreeSet<String> named = new TreeSet<>(described.tensors().keySet());
        named.addAll(described.transposed());
        named.removeAll(known);
        if (!named.isEmpty()) {
            problems.add("config.json names " + named + ", but the parameters are " + known);
        }
        TreeSet<String> extra = new TreeSet<>(source.names());
        int instances = -1;
        for (ToyParameter parameter : parameters) {
            String name = stored(described, parameter);
            extra.remove(name);
            if (!source.has(name)) {
                problems.add("has no tensor '" + name + "' for " + parameter.name() + "; `tensors` in config.json says"
                        + " what else it is called");
                continue;
            }
            List<Long> found = LongStream.of(source.shape(name)).boxed().toList();
            List<Long> own = lying(described, parameter);
            int axes = found.size() - own.size();
            if (axes < 0 || axes > 1 || !found.subList(axes, found.size()).equals(own)) {
                List<Long> other = new ArrayList<>(own);
                Collections.reverse(other);
                problems.add("'" + name + "' has the shape " + found + ", not " + own
                        + (found.size() >= own.size()
                                        && found.subList(axes, found.size()).equals(other)
                                ? ": rows and columns are exchanged, which `transposed` in config.json says"
                                : ", or that behind an axis of several networks"));
                continue;
            }
            int its = axes == 0 ? 1 : Math.toIntExact(found.get(0));
            if (instances >= 0 && its != instances) {
                problems.add("'" + name + "' holds " + its + " networks, tensors before it " + instances);
            }
            instances = its;
        }
        if (!extra.isEmpty()) {
            problems.add("tensors that are not part of the network: " + String.join(", ", extra));
        }
        return Math.max(1, instances);
    }

    private static String stored(NetworkDescription described, ToyParameter parameter) {
        return described.tensors().getOrDefault(parameter.name(), parameter.name());
    }

    /** The shape of one network's parameter as it lies in the file. */
    private static List<Long> lying(NetworkDescription described, ToyParameter parameter) {
        List<Long> shape = new ArrayList<>(parameter.shape());
        if (described.transposed().contains(parameter.name())) {
            Collections.reverse(shape);
        }
        return shape;
    }

    /** What the networks side by side stand for: the sparsities of the data, and copies. */
    public ToyGrid grid() {
        FeatureDataset data = described.vectors();
        List<Double> sparsities = data == null ? List.of() : data.sparsity();
        return ToyGrid.copies(
                described.architecture().config(), sparsities, instances / Math.max(1, sparsities.size()));
    }

    /** What it was trained on, null where nothing says it. */
    public @Nullable FeatureDataset data() {
        return described.vectors();
    }

    /** Everything that its numbers depend on. */
    public String identity() {
        return Sha256.of(ModelFolder.weightsHash(source) + described);
    }

    /** The files that it is read from. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>(source.files());
        files.add(config);
        return files;
    }

    /**
     * The weights by the parameters' own names, [instance, ...shape] row-major.
     *
     * @throws WeightsException naming every tensor with a NaN or infinity
     */
    public Map<String, float[]> weights() {
        Map<String, float[]> weights = new LinkedHashMap<>();
        List<String> bad = new ArrayList<>();
        for (ToyParameter parameter : described.architecture().config().parameters()) {
            float[] values = source.floats(stored(described, parameter));
            for (float value : values) {
                if (!Float.isFinite(value)) {
                    bad.add(stored(described, parameter));
                    break;
                }
            }
            boolean exchanged = described.transposed().contains(parameter.name())
                    && parameter.shape().size() == 2;
            weights.put(parameter.name(), exchanged ? exchanged(values, parameter) : values);
        }
        if (!bad.isEmpty()) {
            throw new WeightsException(source.file(), List.of("NaN or infinity in " + String.join(", ", bad)));
        }
        return weights;
    }

    /** [instance, column, row] to [instance, row, column]. */
    private static float[] exchanged(float[] values, ToyParameter parameter) {
        int columns = parameter.columns();
        int size = parameter.size();
        int rows = size / columns;
        float[] out = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int within = i % size;
            out[i - within + within % rows * columns + within / rows] = values[i];
        }
        return out;
    }
}
