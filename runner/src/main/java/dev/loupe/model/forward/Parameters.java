package dev.loupe.model.forward;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.weights.TlTensors;
import dev.loupe.model.weights.TlWeights;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The weights of one transformer, or of several of equal shape at once, as the forward pass reads them: packed, named
 * and in the order of computation. With {@code instances} above 0 every array has a leading instance axis.
 */
public final class Parameters implements AutoCloseable {
    private final TransformerConfig config;
    private final int instances;
    private final NDManager manager;
    private final Map<String, NDArray> arrays = new LinkedHashMap<>();
    private final Set<String> absent = new HashSet<>();
    private final Set<String> sharing = new HashSet<>();
    private final Map<String, NDArray> wide = new HashMap<>();
    /** Where each of TransformerLens' tensors lies, by its name; filled when one is asked for. */
    private final Map<String, View> views = new HashMap<>();

    /**
     * A part of a packed array.
     *
     * @param left its first column
     * @param shape TransformerLens' own
     */
    private record View(String packed, PackedTensor.Part part, int left, long[] shape) {}

    /** Whether some arrays are not float32. */
    boolean lowered() {
        return arrays.values().stream().anyMatch(array -> array.getDataType() != DataType.FLOAT32);
    }

    private Parameters(TransformerConfig config, int instances, NDManager manager) {
        this.config = config;
        this.instances = instances;
        this.manager = manager;
    }

    /** One model, without an instance axis; the arrays live in a sub-manager of {@code parent}, on its device. */
    public static Parameters of(TransformerConfig config, TlWeights weights, NDManager parent) {
        return of(config, weights, parent, Precision.F32);
    }

    /** One model whose weight matrices have a number type of their own. */
    public static Parameters of(TransformerConfig config, TlWeights weights, NDManager parent, Precision precision) {
        return build(config, List.of(weights), 0, parent, precision);
    }

    /** Several models of one configuration, on a leading instance axis. */
    public static Parameters stacked(TransformerConfig config, List<TlWeights> weights, NDManager parent) {
        return build(config, weights, weights.size(), parent, Precision.F32);
    }

    /**
     * Packed arrays that exist already, each [instance, ...shape]: a trainer's views of what it differentiates.
     *
     * @param arrays without the biases that the model has not
     * @param parent owns what the forward pass makes once per parameters; the arrays stay their owner's
     */
    public static Parameters viewing(
            TransformerConfig config, int instances, Map<String, NDArray> arrays, NDManager parent) {
        Parameters out = new Parameters(config, instances, parent.newSubManager());
        out.arrays.putAll(arrays);
        PackedTensor.of(config).stream()
                .map(PackedTensor::name)
                .filter(name -> !arrays.containsKey(name))
                .forEach(out.absent::add);
        return out;
    }

    private static Parameters build(
            TransformerConfig config, List<TlWeights> weights, int instances, NDManager parent, Precision precision) {
        Parameters out = new Parameters(config, instances, parent.newSubManager());
        try {
            List<PackedTensor> all = PackedTensor.of(config);
            float[] scratch =
                    new float[all.stream().mapToInt(PackedTensor::scratch).max().orElse(0)];
            for (PackedTensor packed : all) {
                NDArray array = instances == 0 ? out.transposed(packed, weights.get(0)) : null;
                array = array == null ? out.read(packed, weights, scratch, precision) : array;
                array.setName(packed.name());
                out.arrays.put(packed.name(), array);
                if (packed.parts().stream().allMatch(part -> weights.stream().allMatch(w -> w.isAbsent(part.tl())))) {
                    out.absent.add(packed.name());
                }
            }
            return out;
        } catch (RuntimeException e) {
            out.close();
            throw e;
        }
    }

    /** Matrices of products and the token table in the wanted number type; vectors and positions stay float32. */
    private static NDArray lowered(NDArray array, PackedTensor packed, Precision precision) {
        if (precision == Precision.F32
                || !packed.name().contains(".W_")
                || packed.name().equals("pos_embed.W_pos")) {
            return array;
        }
        try (array) {
            return array.toType(precision.type(), true);
        }
    }

    /** A matrix that is another one's transpose shares its memory. */
    private @Nullable NDArray transposed(PackedTensor packed, TlWeights weights) {
        String of = weights.transposeOf(packed.name());
        NDArray other = of == null ? null : arrays.get(of);
        if (other == null) {
            return null;
        }
        sharing.add(packed.name());
        NDArray wider = wide.get(of);
        if (wider != null) {
            wide.put(packed.name(), Ops.own(wider.transpose(), manager));
        }
        return Ops.own(other.transpose(), manager);
    }

    /** Straight into the memory that the array keeps. */
    private NDArray read(PackedTensor packed, List<TlWeights> weights, float[] scratch, Precision precision) {
        if (instances == 0 && precision == Precision.F32) {
            return read(packed, weights.get(0), scratch);
        }
        int size = packed.size();
        ByteBuffer bytes = bytes(Math.multiplyExact(size, weights.size()));
        FloatBuffer values = bytes.asFloatBuffer();
        for (int i = 0; i < weights.size(); i++) {
            packed.pack(weights.get(i), values.slice(i * size, size), scratch);
        }
        Shape shape = new Shape(packed.shape());
        Shape all = instances > 0 ? new Shape(instances).addAll(shape) : shape;
        return lowered(manager.create(bytes, all, DataType.FLOAT32), packed, precision);
    }

    /** One model's, with a margin where it has a vocabulary on an axis. */
    private NDArray read(PackedTensor packed, TlWeights weights, float[] scratch) {
        Shape own = new Shape(packed.shape());
        Shape room = new Shape(VocabularyMargin.widened(packed));
        ByteBuffer bytes = bytes(Math.toIntExact(room.size()));
        FloatBuffer values = bytes.asFloatBuffer();
        packed.pack(weights, values.slice(0, packed.size()), scratch);
        if (own.equals(room)) {
            return manager.create(bytes, own, DataType.FLOAT32);
        }
        VocabularyMargin.spread(values, (int) own.get(0), (int) own.get(1), (int) room.get(1));
        NDArray array = manager.create(bytes, room, DataType.FLOAT32);
        wide.put(packed.name(), array);
        return Ops.slice(Ops.slice(array, 2, 0, own.get(0), manager), 1, 0, own.get(1), manager);
    }

    private static ByteBuffer bytes(int numbers) {
        return ByteBuffer.allocateDirect(Math.multiplyExact(4, numbers)).order(ByteOrder.nativeOrder());
    }

    public TransformerConfig config() {
        return config;
    }

    /** How many models lie on the instance axis; 0 where there is no such axis. */
    public int instances() {
        return instances;
    }

    public NDManager manager() {
        return manager;
    }

    /** Bytes of all arrays, those that share memory counted once. */
    public long bytes() {
        long n = 0;
        for (Map.Entry<String, NDArray> e : arrays.entrySet()) {
            n += sharing.contains(e.getKey())
                    ? 0
                    : e.getValue().size() * e.getValue().getDataType().getNumOfBytes();
        }
        return n;
    }

    /** Packed arrays by name, in the order of computation. */
    public Map<String, NDArray> arrays() {
        return Collections.unmodifiableMap(arrays);
    }

    /** A bias to add; null where the model has none and zeros stand in. */
    @Nullable
    NDArray bias(String name) {
        return absent.contains(name) ? null : get(name);
    }

    /** A matrix with the margin of its vocabulary, of zeros; the matrix itself where it has none. */
    NDArray wide(String name) {
        return wide.getOrDefault(name, get(name));
    }

    NDArray get(String name) {
        NDArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalStateException("no parameter " + name);
        }
        return array;
    }

    /**
     * One tensor under TransformerLens' name and shape, of a single model: a view of the packed array where strides allow
     * that, so it must not be changed. It lives in {@code scope}.
     *
     * @throws IllegalArgumentException where there is no such tensor
     */
    public NDArray tl(String name, NDManager scope) {
        View view = view(name);
        if (view == null) {
            throw new IllegalArgumentException("no weights named '" + name + "'");
        }
        PackedTensor.Part part = view.part();
        NDArray own = Ops.slice(get(view.packed()), 1, view.left(), view.left() + part.width(), scope);
        if (part.blocks() > 1) {
            own = own.reshape(part.rows(), part.blocks(), part.cols()).transpose(1, 0, 2);
        }
        return Ops.own(own.reshape(new Shape(view.shape())).toType(DataType.FLOAT32, false), scope);
    }

    private synchronized @Nullable View view(String name) {
        if (views.isEmpty()) {
            Map<String, long[]> shapes = TlTensors.of(config);
            for (PackedTensor packed : PackedTensor.of(config)) {
                int left = 0;
                for (PackedTensor.Part part : packed.parts()) {
                    long[] shape = Objects.requireNonNull(shapes.get(part.tl()));
                    views.put(part.tl(), new View(packed.name(), part, left, shape));
                    left += part.width();
                }
            }
        }
        return views.get(name);
    }

    /** A copy under TransformerLens' names; {@code instance} 0 where there is no instance axis. */
    public Map<String, float[]> toTl(int instance) {
        if (instance < 0 || instance >= Math.max(1, instances)) {
            throw new IndexOutOfBoundsException("instance " + instance + " of " + Math.max(1, instances));
        }
        Map<String, float[]> unordered = new LinkedHashMap<>();
        for (PackedTensor packed : PackedTensor.of(config)) {
            NDArray array = get(packed.name());
            try (NDManager scope = manager.newSubManager()) {
                NDArray one = instances > 0 ? array.get(scope, instance) : array;
                packed.unpack(one.toFloatArray(), 0, unordered);
            }
        }
        Map<String, float[]> out = new LinkedHashMap<>();
        for (String name : new ArrayList<>(TlTensors.of(config).keySet())) {
            out.put(name, unordered.getOrDefault(name, new float[0]));
        }
        return out;
    }

    @Override
    public void close() {
        manager.close();
    }
}
