package dev.loupe.model.dictionary;

import dev.loupe.tensors.DType;
import dev.loupe.tensors.Tensor;
import dev.loupe.tensors.TensorSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The weights of other trainers than SAELens under the names and in the orientation of {@link DictionaryKind#tensors}: matrices of linear layers are
 * turned, and a threshold of all features is repeated for each.
 */
final class ForeignTensors implements TensorSource {
    /** Names that one tensor may have in the file. */
    private static final Map<String, List<String>> STORED = Map.of(
            "W_enc", List.of("W_enc", "w_enc", "encoder.weight"),
            "W_dec", List.of("W_dec", "w_dec", "decoder.weight"),
            "b_dec", List.of("b_dec", "bias", "decoder_bias"),
            "b_enc", List.of("b_enc", "encoder.bias"),
            "b_gate", List.of("gate_bias"),
            "b_mag", List.of("mag_bias"),
            "r_mag", List.of("r_mag"),
            "threshold", List.of("threshold"));

    private static final Set<String> TURNED = Set.of("encoder.weight", "decoder.weight");
    /** Of training alone. */
    private static final Set<String> UNUSED = Set.of("k", "group_sizes");

    private final TensorSource file;
    private final DictionaryConfig config;

    ForeignTensors(TensorSource file, DictionaryConfig config) {
        this.file = file;
        this.config = config;
    }

    @Override
    public Path file() {
        return file.file();
    }

    /** What is not known keeps its name. The largest k of each position also keep a threshold, which they do not use. */
    @Override
    public SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>();
        for (String stored : file.names()) {
            boolean unused = UNUSED.contains(stored)
                    || (stored.equals("threshold") && config.kind().countsActive());
            if (!unused) {
                String ours = STORED.entrySet().stream()
                        .filter(entry -> entry.getValue().contains(stored))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(stored);
                // Of two tensors of one meaning neither is left out in silence.
                names.add(names.contains(ours) ? stored : ours);
            }
        }
        return names;
    }

    @Override
    public String nameInFile(String name) {
        return STORED.getOrDefault(name, List.of(name)).stream()
                .filter(file::has)
                .findFirst()
                .orElse(name);
    }

    @Override
    public long[] shape(String name) {
        String stored = nameInFile(name);
        long[] shape = file.shape(stored);
        if (name.equals("threshold") && shape.length == 0) {
            return new long[] {config.features()};
        }
        return TURNED.contains(stored) && shape.length == 2 ? new long[] {shape[1], shape[0]} : shape;
    }

    @Override
    public long[] shapeInFile(String name, long[] shape) {
        return TURNED.contains(nameInFile(name)) && shape.length == 2 ? new long[] {shape[1], shape[0]} : shape;
    }

    @Override
    public String type(String name) {
        return file.type(nameInFile(name));
    }

    @Override
    public boolean isFloating(String name) {
        return file.isFloating(nameInFile(name));
    }

    @Override
    public float[] floats(String name) {
        String stored = nameInFile(name);
        long[] shape = file.shape(stored);
        float[] own = file.floats(stored);
        if (name.equals("threshold") && shape.length == 0) {
            float[] each = new float[config.features()];
            Arrays.fill(each, own[0]);
            return each;
        }
        if (!TURNED.contains(stored) || shape.length != 2) {
            return own;
        }
        int rows = (int) shape[0];
        int columns = (int) shape[1];
        float[] turned = new float[own.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = own[row * columns + column];
            }
        }
        return turned;
    }

    @Override
    public Tensor tensor(String name) {
        float[] values = floats(name);
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new Tensor(name, DType.F32, shape(name), bytes);
    }
}
