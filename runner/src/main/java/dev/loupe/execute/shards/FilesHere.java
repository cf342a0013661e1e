package dev.loupe.execute.shards;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.failure.FullDisk;
import dev.loupe.failure.Reason;
import dev.loupe.tensors.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The files of models on this machine: those that lie in its own folders, else those that the machine which started the run
 * shares. Each is checked once by its bytes. They are put together in folders that look like the ones over there.
 */
final class FilesHere {
    /** How much of a file's path may lie alike under another root: {@code models--org--name/snapshots/revision/file}. */
    private static final int DEEPEST = 5;

    private final ExecutorPlace place;
    /** Files whose bytes were checked. */
    private final Set<Path> sound = new HashSet<>();

    FilesHere(ExecutorPlace place) {
        this.place = place;
    }

    /**
     * @param paths what each file and its folder there is here
     * @param lacks hashes of files that are neither here nor shared
     */
    record Found(Map<Path, Path> paths, List<String> lacks) {
        /** What a path of the machine that asks is here. */
        Path here(Path there) {
            return paths.getOrDefault(there.toAbsolutePath().normalize(), there);
        }
    }

    synchronized Found of(List<SentFile> files, Blobs blobs) throws IOException {
        Map<Path, Path> paths = new HashMap<>();
        List<String> lacks = new ArrayList<>();
        if (place.home()) {
            return new Found(paths, lacks);
        }
        Map<Path, List<SentFile>> folders = new LinkedHashMap<>();
        files.forEach(file -> folders.computeIfAbsent(parent(file.path()), k -> new ArrayList<>())
                .add(file));
        for (Map.Entry<Path, List<SentFile>> folder : folders.entrySet()) {
            StringBuilder all = new StringBuilder();
            folder.getValue().forEach(file -> all.append(file.path()).append(file.hash()));
            Path here = place.scratch()
                    .resolve("models")
                    .resolve(Sha256.of(all.toString()).substring(0, 16))
                    .resolve(String.valueOf(folder.getKey().getFileName()));
            Files.createDirectories(here);
            paths.put(folder.getKey(), here);
            for (SentFile file : folder.getValue()) {
                Path source = found(file, blobs);
                if (source == null) {
                    lacks.add(file.hash());
                } else {
                    Path link = here.resolve(String.valueOf(file.path().getFileName()));
                    link(source, link);
                    paths.put(file.path(), link);
                }
            }
        }
        return new Found(paths, lacks);
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    /** Has a file under another name, and whole where links are not allowed. */
    static void link(Path source, Path link) throws IOException {
        if (Files.exists(link)) {
            return;
        }
        try {
            Files.createSymbolicLink(link, source.toRealPath());
        } catch (UnsupportedOperationException | IOException e) {
            // Whole or not at all, since whatever has that name is read.
            Path half = half(link);
            try {
                Files.copy(source, half);
                Files.move(half, link, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException full) {
                throw withPlace(link, full);
            } finally {
                Files.deleteIfExists(half);
            }
        }
    }

    private @Nullable Path found(SentFile file, Blobs blobs) throws IOException {
        Path path = file.path();
        for (Path folder : place.folders()) {
            for (int deep = Math.min(DEEPEST, path.getNameCount()); deep >= 2; deep--) {
                Path candidate = folder.resolve(path.subpath(path.getNameCount() - deep, path.getNameCount()));
                if (Files.isRegularFile(candidate)) {
                    return checked(candidate, file);
                }
            }
        }
        if (Files.isRegularFile(path)) {
            return checked(path, file);
        }
        Path stored = place.scratch().resolve("files").resolve(file.hash());
        if (Files.isRegularFile(stored)) {
            return stored;
        }
        return blobs.has(file.hash()) ? stored(file, stored, blobs) : null;
    }

    private Path checked(Path candidate, SentFile file) throws IOException {
        if (!sound.contains(candidate)) {
            if (Files.size(candidate) != file.bytes() || !Sha256.of(candidate).equals(file.hash())) {
                throw new EnvironmentException(
                        candidate + " is not the file of that name that the run was started with (its "
                                + "SHA-256 is not " + file.hash() + "). Replace it, or remove it so that it is sent");
            }
            sound.add(candidate);
        }
        return candidate;
    }

    private static Path stored(SentFile file, Path target, Blobs blobs) throws IOException {
        Files.createDirectories(target.getParent());
        Path half = half(target);
        try {
            try (OutputStream out = Files.newOutputStream(half)) {
                blobs.copy(file.hash(), out);
            }
            if (!Sha256.of(half).equals(file.hash())) {
                throw new EnvironmentException(file.path() + " did not arrive as it was sent");
            }
            return Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw withPlace(target, e);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    /** What nobody reads. */
    private static Path half(Path target) {
        return target.resolveSibling(target.getFileName() + "." + UUID.randomUUID());
    }

    /** A write that fails does not say where. */
    private static IOException withPlace(Path target, IOException error) {
        return FullDisk.in(error) == null || error instanceof FileSystemException
                ? error
                : new FileSystemException(target.toString(), null, Reason.of(error));
    }
}
