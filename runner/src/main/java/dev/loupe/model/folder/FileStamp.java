package dev.loupe.model.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file as it lies on the disk, without a look at its bytes. Whoever changes the bytes changes the time of the last change, also
 * where the time of the last modification is set back.
 *
 * @param inode what the file system calls it
 */
record FileStamp(Path file, long size, FileTime modified, FileTime changed, String inode) {
    /** Within so long a file may change twice and have the same times. */
    private static final Duration TICK = Duration.ofSeconds(2);

    /**
     * The stamp; null where the system does not tell when a file was changed last.
     *
     * @throws IOException where there is no such file
     */
    static @Nullable FileStamp of(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return null;
        }
        Path real = file.toRealPath();
        Map<String, Object> own = Files.readAttributes(real, "unix:size,lastModifiedTime,ctime,fileKey");
        return own.get("size") instanceof Long size
                        && own.get("lastModifiedTime") instanceof FileTime modified
                        && own.get("ctime") instanceof FileTime changed
                ? new FileStamp(real, size, modified, changed, String.valueOf(own.get("fileKey")))
                : null;
    }

    /** Whether a change after {@code now} is seen in the stamp. */
    boolean settled(Instant now) {
        return changed.toInstant().plus(TICK).isBefore(now);
    }
}
