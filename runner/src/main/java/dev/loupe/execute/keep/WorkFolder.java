package dev.loupe.execute.keep;

import dev.loupe.metric.reading.Part;
import dev.loupe.metric.reading.Remarks;
import dev.loupe.metric.reading.StepValue;
import dev.loupe.result.Axis;
import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.RowTable;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import dev.loupe.tensors.TensorFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finished values on disk, one safetensors file each, full precision. Files appear whole or not at all; one that cannot be
 * read is computed again. Kept examples are not stored: they cost one batch.
 */
public final class WorkFolder implements ValueStore {
    private static final String SEPARATOR = "\n";
    private static final String UNDEFINED = "undefined";
    private static final String NOTICES = "notices";
    private final Path folder;
    private final Room room;
    private final PartFiles parts;
    private @Nullable WorkFolder within;

    /** Keeps values alone. */
    public WorkFolder(Path folder) {
        this(folder, Room.NONE);
    }

    /** @param room see {@link ValueStore#room} */
    public WorkFolder(Path folder, Room room) {
        this.room = room;
        this.folder = folder;
        this.parts = new PartFiles(folder.resolve("parts"));
    }

    @Override
    public ValueStore within() {
        WorkFolder inner = within == null ? new WorkFolder(folder.resolve("within")) : within;
        within = inner;
        return inner;
    }

    @Override
    public Room room() {
        return room;
    }

    @Override
    public Optional<Part> part(String key, String shard) {
        return parts.find(key, shard);
    }

    @Override
    public void keep(String key, String shard, Part part) {
        parts.keep(key, shard, part);
    }

    @Override
    public Optional<StepValue> find(String key) {
        Optional<StepValue> found = opened(key, WorkFolder::read);
        found.ifPresent(value -> used(file(key)));
        return found;
    }

    /** What is read counts as new: of what is kept, what was read longest ago goes first. */
    private static void used(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
        } catch (IOException e) {
            // Where nothing can be written, nothing is removed either.
            return;
        }
    }

    @Override
    public boolean has(String key) {
        return opened(key, file -> meta(file, "kind")).isPresent();
    }

    /** What is made of the file of a value; nothing where there is none, or one that cannot be read. */
    private <T> Optional<T> opened(String key, Function<SafetensorsFile, T> reading) {
        Path file = file(key);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(reading.apply(SafetensorsFile.open(file)));
        } catch (TensorFileException e) {
            return Optional.empty();
        }
    }

    private Path file(String key) {
        return folder.resolve(key + ".safetensors");
    }

    @Override
    public void store(String key, StepValue value) {
        SafetensorsWriter out = new SafetensorsWriter();
        if (value instanceof StepValue.Table table) {
            RowTable t = table.table();
            axes(out, t.axes()).metadata("kind", "table").metadata("rows", Integer.toString(t.rows()));
            out.doubles("numerator", new long[] {t.numerator().length}, t.numerator());
            out.doubles("denominator", new long[] {t.denominator().length}, t.denominator());
        } else if (value instanceof StepValue.Numbers numbers) {
            axes(out, numbers.numbers().axes()).metadata("kind", "numbers");
            out.doubles(
                    "data",
                    new long[] {numbers.numbers().data().length},
                    numbers.numbers().data());
        } else if (value instanceof StepValue.Activation activation) {
            out.metadata("kind", "activation").floats("data", activation.shape(), activation.data());
        } else {
            return;
        }
        lines(out, UNDEFINED, value.remarks().undefined());
        lines(out, NOTICES, value.remarks().notices());
        try {
            Files.createDirectories(folder);
            out.write(file(key));
            parts.finished(key);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void lines(SafetensorsWriter out, String key, List<String> lines) {
        if (!lines.isEmpty()) {
            out.metadata(key, String.join(SEPARATOR, lines));
        }
    }

    private static List<String> lines(SafetensorsFile file, String key) {
        String lines = file.metadata().get(key);
        return lines == null ? List.of() : List.of(lines.split(SEPARATOR, -1));
    }

    private static SafetensorsWriter axes(SafetensorsWriter out, List<Axis> axes) {
        out.metadata("axes", Integer.toString(axes.size()));
        for (int i = 0; i < axes.size(); i++) {
            out.metadata("axis " + i, axes.get(i).name());
            out.metadata("labels " + i, String.join(SEPARATOR, axes.get(i).labels()));
        }
        return out;
    }

    private static StepValue read(SafetensorsFile file) {
        String kind = meta(file, "kind");
        if (kind.equals("activation")) {
            return new StepValue.Activation(
                    file.tensor("data").shape(), file.tensor("data").floats());
        }
        List<Axis> axes = new ArrayList<>();
        int count = Integer.parseInt(meta(file, "axes"));
        for (int i = 0; i < count; i++) {
            axes.add(new Axis(
                    meta(file, "axis " + i), List.of(meta(file, "labels " + i).split(SEPARATOR, -1))));
        }
        Remarks remarks = new Remarks(lines(file, UNDEFINED), lines(file, NOTICES));
        if (kind.equals("numbers")) {
            return new StepValue.Numbers(
                    new NamedArray(axes, file.tensor("data").doubles()), remarks);
        }
        return new StepValue.Table(
                new RowTable(
                        axes,
                        Integer.parseInt(meta(file, "rows")),
                        file.tensor("numerator").doubles(),
                        file.tensor("denominator").doubles()),
                remarks);
    }

    private static String meta(SafetensorsFile file, String key) {
        String value = file.metadata().get(key);
        if (value == null) {
            throw new TensorFileException(file.file(), null, "has no `" + key + "`");
        }
        return value;
    }
}
