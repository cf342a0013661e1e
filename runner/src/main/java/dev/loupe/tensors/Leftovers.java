package dev.loupe.tensors;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files under a temporary name that a killed process left. The name holds the number of the process that writes; what a
 * living process writes stays, and what changed a moment ago too, since it may be written from another machine.
 */
public final class Leftovers {
    private static final Pattern NAME =
            Pattern.compile(".*\\.(?:([0-9]+)-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.part");
    private static final Duration MOMENT = Duration.ofMinutes(1);

    private Leftovers() {}

    /** A temporary name beside a file. */
    static Path beside(Path folder, Path file) {
        return folder.resolve(
                file.getFileName() + "." + ProcessHandle.current().pid() + "-" + UUID.randomUUID() + ".part");
    }

    /** Removes from a folder what nobody writes any more. */
    public static void remove(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        for (Path file : files) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches() && !written(name.group(1)) && untouched(file)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean written(@Nullable String process) {
        return process != null
                && ProcessHandle.of(Long.parseLong(process))
                        .map(ProcessHandle::isAlive)
                        .orElse(false);
    }

    private static boolean untouched(Path file) throws IOException {
        return Files.exists(file)
                && Files.getLastModifiedTime(file)
                        .toInstant()
                        .isBefore(Instant.now().minus(MOMENT));
    }
}
