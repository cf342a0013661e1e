package dev.loupe.result.store;

import dev.loupe.result.NamedArray;
import dev.loupe.result.sample.Resampling;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code resamples.safetensors} beside a finished run: the numbers of every measurement on each resample of its rows, so that
 * two runs that read the same rows can be compared row against row. Equal seeds draw equal rows, so draw b of one run belongs
 * to draw b of the other. The file may be deleted: results do not need it, and comparisons then have wider intervals.
 *
 * @param identity of the run whose numbers these are
 * @param draws by measurement, [draw, number], the numbers in the order of the result
 */
public record Resamples(String identity, SortedMap<String, float[]> draws) {
    public static final String FILE = "resamples.safetensors";

    /** Of larger measurements, such as the scores of all heads of a large model, nothing is kept. */
    private static final int MOST = 200_000;

    private static final String IDENTITY = "identity";

    /** Whether the resamples of so many numbers are kept. */
    public static boolean keeps(int numbers, Resampling resampling) {
        return (long) numbers * resampling.times() <= MOST;
    }

    /** The numbers of all draws of one measurement, in the order drawn. */
    public static float[] joined(List<NamedArray> draws) {
        int width = draws.get(0).data().length;
        float[] all = new float[draws.size() * width];
        for (int b = 0; b < draws.size(); b++) {
            for (int i = 0; i < width; i++) {
                all[b * width + i] = (float) draws.get(b).data()[i];
            }
        }
        return all;
    }

    /** Replaces what an earlier run left in the folder. */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        if (draws.isEmpty()) {
            Files.deleteIfExists(folder.resolve(FILE));
            return;
        }
        SafetensorsWriter writer = new SafetensorsWriter().metadata(IDENTITY, identity);
        draws.forEach((name, numbers) -> writer.floats(name, new long[] {numbers.length}, numbers));
        writer.write(folder.resolve(FILE));
    }

    /**
     * Reads what a run kept; nothing where the file is not there, or is of another run.
     *
     * @param identity of the run in the folder
     * @throws dev.loupe.tensors.TensorFileException where the file is damaged
     */
    public static Resamples read(Path folder, String identity) {
        SortedMap<String, float[]> draws = new TreeMap<>();
        Path file = folder.resolve(FILE);
        if (Files.isRegularFile(file)) {
            SafetensorsFile tensors = SafetensorsFile.open(file);
            if (Objects.equals(tensors.metadata().get(IDENTITY), identity)) {
                tensors.names()
                        .forEach(name -> draws.put(name, tensors.tensor(name).floats()));
            }
        }
        return new Resamples(identity, draws);
    }

    /**
     * One number on every draw; null where nothing was kept.
     *
     * @param number its place in the result
     * @param numbers how many the result has
     */
    public double @Nullable [] of(String measurement, int number, int numbers) {
        float[] all = draws.get(measurement);
        if (all == null || numbers == 0 || all.length % numbers != 0) {
            return null;
        }
        double[] own = new double[all.length / numbers];
        for (int b = 0; b < own.length; b++) {
            own[b] = all[b * numbers + number];
        }
        return own;
    }
}
