package dev.loupe.model.folder;

import dev.loupe.tensors.Sha256;
import dev.loupe.tensors.TensorSource;
import dev.loupe.text.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes of weights that were made once, for as long as their files are the same: a model of some gigabytes is not read through by
 * each command that names it. As git knows which files it need not read again, a file that changed within the last two
 * seconds is not remembered, since it could change once more and look the same.
 */
public final class KnownHashes {
    /** Models that a process remembers; with more it forgets all and begins again. */
    private static final int REMEMBERED = 256;

    private static final String HASH = "[0-9a-f]{64}";

    private static final Map<Read, String> KNOWN = new ConcurrentHashMap<>();
    private static final String FOLDER = "loupe.hashes";

    private KnownHashes() {}

    /** Files as one way of reading them names their tensors. */
    private record Read(Class<?> how, SortedSet<String> names, List<FileStamp> files) {
        String digest() {
            return Sha256.of(how.getName() + "\n" + names + "\n" + files);
        }
    }

    /** Keeps hashes in a folder from now on, one small file for each model; it is made when the first is kept. */
    public static void keepIn(Path folder) {
        System.setProperty(FOLDER, folder.toString());
    }

    /** The hash of a source's tensors: what is known of its files, or what {@code made} makes. */
    static String of(TensorSource source, Supplier<String> made) {
        Read read = read(source);
        if (read == null) {
            return made.get();
        }
        if (KNOWN.size() > REMEMBERED) {
            KNOWN.clear();
        }
        // Who asks while another thread hashes the same files waits for that.
        return KNOWN.computeIfAbsent(read, any -> {
            String folder = System.getProperty(FOLDER);
            return folder == null ? made.get() : kept(Path.of(folder).resolve(any.digest()), made);
        });
    }

    private static String kept(Path file, Supplier<String> made) {
        try {
            String known = Files.isRegularFile(file) ? Files.readString(file) : "";
            if (known.matches(HASH)) {
                return known;
            }
        } catch (IOException e) {
            // As if there were none.
        }
        String hash = made.get();
        try {
            TextFile.write(hash, file);
        } catch (IOException e) {
            // A cache that cannot be written costs time alone.
        }
        return hash;
    }

    /** Null where a file cannot be known again. */
    private static @Nullable Read read(TensorSource source) {
        List<FileStamp> stamps = new ArrayList<>();
        Instant now = Instant.now();
        try {
            for (Path file : source.files()) {
                FileStamp stamp = FileStamp.of(file);
                if (stamp == null || !stamp.settled(now)) {
                    return null;
                }
                stamps.add(stamp);
            }
        } catch (IOException e) {
            // Whoever reads it will tell.
            return null;
        }
        return stamps.isEmpty() ? null : new Read(source.getClass(), source.names(), stamps);
    }
}
