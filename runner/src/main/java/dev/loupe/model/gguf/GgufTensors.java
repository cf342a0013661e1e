package dev.loupe.model.gguf;

import dev.loupe.tensors.DType;
import dev.loupe.tensors.GgufFile;
import dev.loupe.tensors.Tensor;
import dev.loupe.tensors.TensorFileException;
import dev.loupe.tensors.TensorSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/** A GGUF file's tensors under the hub's names and in the hub's order. */
final class GgufTensors implements TensorSource {
    private final GgufFile gguf;
    private final GgufNames names;
    private final Function<String, GgufOrder> order;
    private final TreeMap<String, String> own = new TreeMap<>();

    /**
     * @param without tensors that are read elsewhere
     * @param order how a tensor lies in the file, by its hub name
     */
    GgufTensors(GgufFile gguf, GgufNames names, Set<String> without, Function<String, GgufOrder> order) {
        this.gguf = gguf;
        this.names = names;
        this.order = order;
        for (String name : gguf.names()) {
            if (without.contains(name)) {
                continue;
            }
            String other = own.put(names.hub(name), name);
            if (other != null) {
                throw new TensorFileException(gguf.file(), name, "is the same tensor as '" + other + "'");
            }
        }
    }

    private String own(String name) {
        String found = own.get(name);
        if (found == null) {
            throw new TensorFileException(gguf.file(), nameInFile(name), "is not in the file");
        }
        return found;
    }

    @Override
    public Path file() {
        return gguf.file();
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet((SortedSet<String>) own.keySet());
    }

    @Override
    public String nameInFile(String name) {
        return names.own(name);
    }

    /** To turn a shape twice is to leave it. */
    @Override
    public long[] shapeInFile(String name, long[] shape) {
        return order.apply(name).hub(shape);
    }

    @Override
    public long[] shape(String name) {
        return order.apply(name).hub(gguf.shape(own(name)));
    }

    @Override
    public String type(String name) {
        return gguf.type(own(name));
    }

    @Override
    public boolean isFloating(String name) {
        return gguf.isFloating(own(name));
    }

    @Override
    public void stored(String name, Consumer<ByteBuffer> to) {
        gguf.stored(own(name), to);
    }

    @Override
    public float[] floats(String name) {
        String file = own(name);
        return order.apply(name).hub(gguf.floats(file), gguf.shape(file));
    }

    /** Rows that only change places are read one by one; a bias is one row, and goes as a whole. */
    @Override
    public void rows(String name, Rows to) {
        GgufOrder lies = order.apply(name);
        IntUnaryOperator hubRow = lies.hubRow();
        if (lies.same()) {
            gguf.rows(own(name), to);
        } else if (hubRow != null && shape(name).length == 2) {
            gguf.rows(own(name), (row, from, at) -> to.take(hubRow.applyAsInt(row), from, at));
        } else {
            TensorSource.super.rows(name, to);
        }
    }

    @Override
    public Tensor tensor(String name) {
        float[] values = floats(name);
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new Tensor(name, DType.F32, shape(name), bytes);
    }
}
