package dev.loupe.result.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.loupe.failure.Reason;
import dev.loupe.result.MalformedResult;
import dev.loupe.result.RunResult;
import dev.loupe.tensors.PythonJson;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import dev.loupe.tensors.TensorFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a finished run: {@code results.json} for people and programs, {@code results.safetensors} for the
 * numbers. Together they give back a {@link RunResult} equal to the one written.
 *
 * <ul>
 *   <li>results.json holds every number at full double precision up to {@value StoredTensors#INLINE} numbers a
 *       measurement ({@code values}, row-major); of larger ones {@code values} is null and the tensor is the only copy.
 *       JSON has no NaN and no infinities: they are the strings "NaN", "Infinity", "-Infinity". Keys come in a fixed
 *       order. Only ASCII is written, so that broken surrogates in token text survive.
 *   <li>results.safetensors holds one tensor for each measurement, as {@link StoredTensors} says. Equal results give
 *       equal bytes.
 * </ul>
 *
 * <p>Both are written in full under temporary names in the folder, forced to disk, then renamed, results.json last: a
 * folder with a results.json is complete. {@link PackedRun} keeps both in one archive.
 */
public final class ResultStore {
    public static final String JSON = "results.json";
    public static final String TENSORS = "results.safetensors";

    public static boolean isComplete(Path folder) {
        return Files.isRegularFile(folder.resolve(JSON)) || PackedRun.isIn(folder);
    }

    /**
     * Writes the run; what stood in the folder before stays whole until both files are on disk.
     *
     * @throws IOException naming the file, where the disk is full or the folder cannot be written
     * @throws IllegalArgumentException where two artifacts have one name
     */
    public void write(Path folder, RunResult run) throws IOException {
        SafetensorsWriter tensors = tensors(run, StoredTensors.INLINE);
        byte[] json = ResultJson.write(run, StoredTensors.INLINE);
        Files.createDirectories(folder);
        Path newTensors = folder.resolve("." + TENSORS + ".partial");
        Path newJson = folder.resolve("." + JSON + ".partial");
        try {
            named(folder.resolve(TENSORS), () -> tensors.write(newTensors));
            named(folder.resolve(JSON), () -> writeForced(newJson, json));
            Files.deleteIfExists(folder.resolve(JSON));
            Files.move(newTensors, folder.resolve(TENSORS), StandardCopyOption.ATOMIC_MOVE);
            Files.move(newJson, folder.resolve(JSON), StandardCopyOption.ATOMIC_MOVE);
            Files.deleteIfExists(folder.resolve(PackedRun.FILE));
            forceFolder(folder);
        } finally {
            Files.deleteIfExists(newTensors);
            Files.deleteIfExists(newJson);
        }
    }

    /**
     * Reads a run back.
     *
     * @throws NoSuchFileException where the folder holds no finished run
     * @throws ResultFormatException naming the file and what is wrong in it
     */
    public RunResult read(Path folder) throws IOException {
        boolean packed = !Files.isRegularFile(folder.resolve(JSON)) && PackedRun.isIn(folder);
        Path file = folder.resolve(packed ? PackedRun.FILE : JSON);
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(
                    file.toString(),
                    null,
                    Files.isDirectory(folder)
                            ? "this folder does not contain a finished run"
                            : "there is no such " + "run folder");
        }
        try {
            // From characters: Jackson's reader of bytes refuses keys with a broken surrogate in them.
            return packed
                    ? ResultJson.read(PackedRun.json(folder), new Lazy(() -> PackedRun.tensors(folder)))
                    : ResultJson.read(Files.readString(file), new Lazy(() -> folder.resolve(TENSORS)));
        } catch (ZipException e) {
            throw new ResultFormatException(file, "is not a ZIP archive, or a damaged one", e);
        } catch (CharacterCodingException e) {
            throw new ResultFormatException(file, "is not UTF-8 text", e);
        } catch (JsonProcessingException e) {
            throw new ResultFormatException(file, PythonJson.said(e), e);
        } catch (MalformedResult | IllegalArgumentException | ArithmeticException e) {
            throw new ResultFormatException(file, String.valueOf(e.getMessage()), e);
        } catch (TensorFileException e) {
            throw new ResultFormatException(e.file(), String.valueOf(e.getMessage()), e);
        } catch (UncheckedIOException e) {
            throw new ResultFormatException(file, Reason.of(Objects.requireNonNull(e.getCause())), e);
        }
    }

    /** @param most so many numbers of a measurement results.json holds too */
    static SafetensorsWriter tensors(RunResult run, int most) {
        SafetensorsWriter writer = new SafetensorsWriter();
        for (Map.Entry<String, StoredTensors.Tensor> entry :
                StoredTensors.of(run.artifacts(), most).entrySet()) {
            StoredTensors.Tensor tensor = entry.getValue();
            if (tensor.wide()) {
                writer.doubles(entry.getKey(), tensor.shape(), canonical(tensor.values()));
            } else {
                writer.floats(entry.getKey(), tensor.shape(), narrowed(tensor.values()));
            }
        }
        return writer;
    }

    /** All NaNs as one, so that equal results give equal bytes. */
    private static double[] canonical(double[] values) {
        return Arrays.stream(values).map(v -> Double.isNaN(v) ? Double.NaN : v).toArray();
    }

    private static float[] narrowed(double[] values) {
        float[] out = new float[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = Double.isNaN(values[i]) ? Float.NaN : (float) values[i];
        }
        return out;
    }

    private interface Write {
        void run() throws IOException;
    }

    /** "No space left on device" alone does not say what was being written. */
    private static void named(Path file, Write write) throws IOException {
        try {
            write.run();
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            FileSystemException named = new FileSystemException(file.toString(), null, Reason.of(e));
            named.initCause(e);
            throw named;
        }
    }

    private static void writeForced(Path file, byte[] bytes) throws IOException {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                out.write(buffer);
            }
            out.force(true);
        }
    }

    /** Makes the renames themselves survive a power cut, on systems that can open a folder. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows cannot open folders; there the rename is as durable as it gets.
        }
    }

    /** Where the tensors lie: what is packed is unpacked when a number is asked for, not before. */
    private interface Place {
        Path get() throws IOException;
    }

    /** Opens results.safetensors only when a number is wanted that results.json does not hold. */
    private static final class Lazy implements StoredNumbers {
        private final Place file;
        private @Nullable SafetensorsFile open;

        Lazy(Place file) {
            this.file = file;
        }

        @Override
        public double[] read(String name, int count) {
            if (open == null) {
                try {
                    open = SafetensorsFile.open(file.get());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            double[] values = open.tensor(name).doubles();
            if (values.length != count) {
                throw new MalformedResult("'" + name + "' has " + values.length + " numbers in " + TENSORS
                        + ", its axes " + "need " + count);
            }
            return values;
        }
    }
}
