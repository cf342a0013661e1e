package dev.loupe.execute.keep;

import dev.loupe.metric.reading.Part;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import dev.loupe.tensors.TensorFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Parts of unfinished steps on disk. They are gathered for a moment and then written to one file together, whole or not at
 * all, so that a kill loses little and fast shards cost no file each; a file goes when every step in it is finished.
 */
final class PartFiles {
    private static final String SUFFIX = ".safetensors";
    private static final char SEPARATOR = ' ';
    private static final long MOMENT_NANOS = 2_000_000_000L;

    private final Path folder;
    /** Where the numbers of a shard lie, by step and shard. */
    private final Map<String, SafetensorsFile> written = new HashMap<>();

    private final Map<String, Part> gathered = new HashMap<>();
    private long last = System.nanoTime();

    PartFiles(Path folder) {
        this.folder = folder;
        for (Path file : there()) {
            try {
                know(SafetensorsFile.open(file));
            } catch (TensorFileException e) {
                // What cannot be read is computed again.
                continue;
            }
        }
    }

    private List<Path> there() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void know(SafetensorsFile file) {
        file.names().forEach(name -> written.put(name.substring(0, name.lastIndexOf(SEPARATOR)), file));
    }

    Optional<Part> find(String key, String shard) {
        String name = key + SEPARATOR + shard;
        SafetensorsFile file = written.get(name);
        if (file == null) {
            return Optional.ofNullable(gathered.get(name));
        }
        List<double[]> numbers = new ArrayList<>();
        for (int i = 0; file.names().contains(name + SEPARATOR + i); i++) {
            numbers.add(file.tensor(name + SEPARATOR + i).doubles());
        }
        return Optional.of(new Part(numbers));
    }

    void keep(String key, String shard, Part part) {
        gathered.put(key + SEPARATOR + shard, part);
        if (System.nanoTime() - last >= MOMENT_NANOS) {
            write();
            last = System.nanoTime();
        }
    }

    private void write() {
        SafetensorsWriter out = new SafetensorsWriter();
        gathered.forEach((name, part) -> {
            for (int i = 0; i < part.numbers().size(); i++) {
                double[] numbers = part.numbers().get(i);
                out.doubles(name + SEPARATOR + i, new long[] {numbers.length}, numbers);
            }
        });
        try {
            Path file = folder.resolve(UUID.randomUUID() + SUFFIX);
            out.write(file);
            know(SafetensorsFile.open(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        gathered.clear();
    }

    /** Forgets the parts of a step whose value is stored. */
    void finished(String key) {
        String prefix = key + SEPARATOR;
        gathered.keySet().removeIf(name -> name.startsWith(prefix));
        List<SafetensorsFile> touched = written.entrySet().stream()
                .filter(e -> e.getKey().startsWith(prefix))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
        written.keySet().removeIf(name -> name.startsWith(prefix));
        for (SafetensorsFile file : touched) {
            if (!written.containsValue(file)) {
                delete(file.file());
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
