package dev.loupe.result.store;

import dev.loupe.result.RunResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a finished run in one {@code results.zip}, an eighth to a third of their size: for folders that keep many runs. It
 * holds {@code results.json} and {@code results.safetensors} in their usual layout, with every larger measurement in the
 * second alone and numbers as exact as {@link PackedNumbers} says. {@link ResultStore#read} reads it in their place.
 */
public final class PackedRun {
    public static final String FILE = "results.zip";

    /** Equal runs give equal bytes: entries carry the earliest time that a ZIP archive can. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final List<String> FILES = List.of(ResultStore.JSON, ResultStore.TENSORS);

    private PackedRun() {}

    /** Says in the archive how its numbers were packed; archives of earlier versions say nothing and are packed again. */
    private static final String FORM = "numbers as exact as pages carry them";

    /**
     * Packs the run of a folder, unless it is packed already; its two files are removed once the archive is whole on
     * disk.
     */
    public static void pack(Path folder) throws IOException {
        if (!Files.isRegularFile(folder.resolve(ResultStore.JSON)) && (!isIn(folder) || FORM.equals(form(folder)))) {
            return;
        }
        RunResult run = PackedNumbers.of(new ResultStore().read(folder));
        Path tensors = folder.resolve("." + ResultStore.TENSORS + ".partial");
        Path partial = folder.resolve("." + FILE + ".partial");
        try {
            ResultStore.tensors(run, PackedNumbers.EXACT).write(tensors);
            try (OutputStream file = Files.newOutputStream(partial);
                    ZipOutputStream archive = new ZipOutputStream(file)) {
                archive.setLevel(9);
                archive.setComment(FORM);
                put(archive, ResultStore.JSON, ResultJson.write(run, PackedNumbers.EXACT));
                put(archive, ResultStore.TENSORS, Files.readAllBytes(tensors));
            }
            Files.move(partial, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
            Files.deleteIfExists(tensors);
        }
        for (String name : FILES) {
            Files.deleteIfExists(folder.resolve(name));
        }
    }

    private static void put(ZipOutputStream archive, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        archive.putNextEntry(entry);
        archive.write(bytes);
        archive.closeEntry();
    }

    /** How the numbers of an archive were packed; null where it does not say, or is none, which its reader then reports. */
    private static @Nullable String form(Path folder) throws IOException {
        try (ZipFile archive = new ZipFile(folder.resolve(FILE).toFile())) {
            return archive.getComment();
        } catch (ZipException e) {
            return null;
        }
    }

    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    static String json(Path folder) throws IOException {
        try (ZipFile archive = new ZipFile(folder.resolve(FILE).toFile());
                InputStream in = entry(archive, ResultStore.JSON)) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        }
    }

    /** The tensors unpacked into a temporary file, which goes when this process ends. */
    static Path tensors(Path folder) throws IOException {
        Path unpacked = Files.createTempFile("loupe-", "-" + ResultStore.TENSORS);
        unpacked.toFile().deleteOnExit();
        try (ZipFile archive = new ZipFile(folder.resolve(FILE).toFile());
                InputStream in = entry(archive, ResultStore.TENSORS)) {
            Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
        }
        return unpacked;
    }

    private static InputStream entry(ZipFile archive, String name) throws IOException {
        ZipEntry entry = archive.getEntry(name);
        if (entry == null) {
            throw new NoSuchFileException(archive.getName(), null, "it does not contain " + name);
        }
        return archive.getInputStream(entry);
    }
}
