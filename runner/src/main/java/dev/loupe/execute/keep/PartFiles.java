package dev.loupe.execute.keep;

import dev.loupe.failure.CancelledException;
import dev.loupe.metric.reading.Part;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import dev.loupe.tensors.Tensor;
import dev.loupe.tensors.TensorFileException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Parts of unfinished steps on disk. They are gathered for a moment, or until they fill a small part of the heap, and then written
 * to one file together, whole or not at all, so that a kill loses little and fast shards cost no file each; a file goes when every
 * step in it is finished.
 */
final class PartFiles {
    private static final String SUFFIX = ".safetensors";
    private static final char SEPARATOR = ' ';
    private static final long MOMENT_NANOS = 2_000_000_000L;
    private static final long MOST_GATHERED =
            Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 16);

    private final Path folder;
    /** Where the numbers of each shard lie, by step: a few bytes for each, since there may be very many. */
    private final Map<String, Map<String, Place>> written = new HashMap<>();

    /** How many parts of steps that are not finished a file has. */
    private final Map<Path, Integer> open = new HashMap<>();

    private final Map<String, Part> gathered = new HashMap<>();
    private long bytes;
    private long last = System.nanoTime();

    /**
     * Where arrays lie in a file.
     *
     * @param begins their first bytes
     * @param lengths how many numbers each has
     */
    private record Place(Path file, long[] begins, int[] lengths) {}

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
        Map<String, Integer> arrays = new HashMap<>();
        file.names().forEach(name -> arrays.merge(name.substring(0, name.lastIndexOf(SEPARATOR)), 1, Integer::sum));
        arrays.forEach((name, count) -> {
            long[] begins = new long[count];
            int[] lengths = new int[count];
            for (int i = 0; i < count; i++) {
                begins[i] = file.begin(name + SEPARATOR + i);
                lengths[i] =
                        (int) Tensor.count(file.tensor(name + SEPARATOR + i).shape());
            }
            int at = name.indexOf(SEPARATOR);
            Place before = written.computeIfAbsent(name.substring(0, at), any -> new HashMap<>())
                    .put(name.substring(at + 1), new Place(file.file(), begins, lengths));
            open.merge(file.file(), 1, Integer::sum);
            if (before != null) {
                left(before.file());
            }
        });
    }

    Optional<Part> find(String key, String shard) {
        Place place = written.getOrDefault(key, Map.of()).get(shard);
        if (place == null) {
            return Optional.ofNullable(gathered.get(key + SEPARATOR + shard));
        }
        List<double[]> numbers = new ArrayList<>();
        try (FileChannel in = FileChannel.open(place.file(), StandardOpenOption.READ)) {
            for (int i = 0; i < place.begins().length; i++) {
                numbers.add(read(in, place.begins()[i], place.lengths()[i]));
            }
        } catch (ClosedByInterruptException e) {
            throw new CancelledException();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.of(new Part(numbers));
    }

    private static double[] read(FileChannel in, long begin, int length) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(Double.BYTES, length)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (in.read(bytes, begin + bytes.position()) < 0) {
                throw new EOFException("a file of finished shards ends early");
            }
        }
        double[] numbers = new double[length];
        bytes.flip().asDoubleBuffer().get(numbers);
        return numbers;
    }

    void keep(String key, String shard, Part part) {
        gathered.put(key + SEPARATOR + shard, part);
        part.numbers().forEach(numbers -> bytes += (long) Double.BYTES * numbers.length);
        if (bytes >= MOST_GATHERED || System.nanoTime() - last >= MOMENT_NANOS) {
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
        bytes = 0;
    }

    /** Forgets the parts of a step whose value is stored. */
    void finished(String key) {
        String prefix = key + SEPARATOR;
        gathered.keySet().removeIf(name -> name.startsWith(prefix));
        Map<String, Place> places = written.remove(key);
        if (places != null) {
            places.values().forEach(place -> left(place.file()));
        }
    }

    /** A part of a file is not needed any more; the file goes with its last. */
    private void left(Path file) {
        if (open.merge(file, -1, Integer::sum) == 0) {
            open.remove(file);
            delete(file);
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
