package dev.loupe.tensors;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Several files that together hold one model; a name that two of them have is an error. */
public final class ShardedSource implements TensorSource {
    private final Path file;
    private final TreeMap<String, TensorSource> owners = new TreeMap<>();

    /** @param file what error messages name: the index */
    public ShardedSource(Path file, Iterable<? extends TensorSource> shards) {
        this.file = file;
        for (TensorSource shard : shards) {
            for (String name : shard.names()) {
                TensorSource other = owners.put(name, shard);
                if (other != null) {
                    throw new TensorFileException(shard.file(), name, "is also in " + other.file());
                }
            }
        }
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public List<Path> files() {
        List<Path> files = new ArrayList<>(List.of(file));
        owners.values().stream().map(TensorSource::file).distinct().forEach(files::add);
        return files;
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(owners.keySet()));
    }

    private TensorSource owner(String name) {
        TensorSource owner = owners.get(name);
        if (owner == null) {
            throw new TensorFileException(file, name, "is in none of the shards");
        }
        return owner;
    }

    @Override
    public Tensor tensor(String name) {
        return owner(name).tensor(name);
    }

    @Override
    public boolean has(String name) {
        return owners.containsKey(name);
    }

    @Override
    public long[] shape(String name) {
        return owner(name).shape(name);
    }

    @Override
    public String type(String name) {
        return owner(name).type(name);
    }

    @Override
    public boolean isFloating(String name) {
        return owner(name).isFloating(name);
    }

    @Override
    public void rows(String name, Rows to) {
        owner(name).rows(name, to);
    }

    @Override
    public void stored(String name, Consumer<ByteBuffer> to) {
        owner(name).stored(name, to);
    }
}
