package dev.loupe.tensors;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A source whose every name begins with one prefix, seen without it. */
public final class PrefixedSource implements TensorSource {
    private final TensorSource inner;
    private final String prefix;
    private final SortedSet<String> names = new TreeSet<>();

    /** @param prefix what every name of {@code inner} begins with */
    public PrefixedSource(TensorSource inner, String prefix) {
        this.inner = inner;
        this.prefix = prefix;
        for (String name : inner.names()) {
            if (!name.startsWith(prefix)) {
                throw new IllegalArgumentException("'" + name + "' does not begin with '" + prefix + "'");
            }
            names.add(name.substring(prefix.length()));
        }
    }

    @Override
    public Path file() {
        return inner.file();
    }

    @Override
    public List<Path> files() {
        return inner.files();
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(names);
    }

    @Override
    public boolean has(String name) {
        return names.contains(name);
    }

    @Override
    public String nameInFile(String name) {
        return inner.nameInFile(prefix + name);
    }

    @Override
    public long[] shapeInFile(String name, long[] shape) {
        return inner.shapeInFile(prefix + name, shape);
    }

    @Override
    public Tensor tensor(String name) {
        return inner.tensor(prefix + name);
    }

    @Override
    public long[] shape(String name) {
        return inner.shape(prefix + name);
    }

    @Override
    public String type(String name) {
        return inner.type(prefix + name);
    }

    @Override
    public boolean isFloating(String name) {
        return inner.isFloating(prefix + name);
    }

    @Override
    public float[] floats(String name) {
        return inner.floats(prefix + name);
    }

    @Override
    public void rows(String name, Rows to) {
        inner.rows(prefix + name, to);
    }

    @Override
    public void stored(String name, Consumer<ByteBuffer> to) {
        inner.stored(prefix + name, to);
    }
}
