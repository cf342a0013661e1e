package dev.loupe.hub;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One repository in the hub's cache, as the Python tools lay it out: {@code blobs/ETAG} with the bytes,
 * {@code snapshots/COMMIT/NAME} as links to them, {@code refs/REVISION} with the commit.
 */
record RepositoryFolder(Path cache, RepositoryKind kind, String repository) {
    private static final String COMMIT = "[0-9a-f]{40}";

    /** Of a model. */
    RepositoryFolder(Path cache, String repository) {
        this(cache, RepositoryKind.MODEL, repository);
    }

    private String folderName() {
        return kind.folder(repository);
    }

    /** The repository's address after that of the hub. */
    String address() {
        return kind.address(repository);
    }

    Path folder() {
        return cache.resolve(folderName());
    }

    Path blob(RemoteFile file) {
        return folder().resolve("blobs").resolve(file.etag());
    }

    /** What has arrived of a blob; a broken download goes on from there. */
    Path incomplete(RemoteFile file) {
        return folder().resolve("blobs").resolve(file.etag() + ".incomplete");
    }

    Path lock(RemoteFile file) {
        return cache.resolve(".locks").resolve(folderName()).resolve(file.etag() + ".lock");
    }

    Path snapshot(String commit) {
        return folder().resolve("snapshots").resolve(commit);
    }

    static boolean isCommit(String text) {
        return text.matches(COMMIT);
    }

    /** The commit that a revision stood for at the last download, null where there was none. */
    @Nullable
    String commit(String revision) {
        if (isCommit(revision)) {
            return revision;
        }
        Path ref = folder().resolve("refs").resolve(revision);
        try {
            String text = Files.isRegularFile(ref) ? Files.readString(ref).strip() : "";
            return isCommit(text) ? text : null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Writes down what a revision stands for. */
    void remember(String revision, String commit) throws IOException {
        if (isCommit(revision)) {
            return;
        }
        Path ref = folder().resolve("refs").resolve(revision);
        Files.createDirectories(ref.getParent());
        Path written = Files.createTempFile(ref.getParent(), ".ref", ".tmp");
        Files.writeString(written, commit);
        Files.move(written, ref, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Shows a blob under its name in a snapshot. */
    void link(String commit, RemoteFile file) throws IOException {
        Path place = snapshot(commit).resolve(file.name());
        if (Files.exists(place)) {
            return;
        }
        Path parent = Objects.requireNonNull(place.toAbsolutePath().getParent());
        Files.createDirectories(parent);
        Path blob = blob(file).toAbsolutePath();
        // A link that leads nowhere is left over from a cache that was cleaned.
        Files.deleteIfExists(place);
        try {
            Files.createSymbolicLink(place, parent.relativize(blob));
        } catch (FileAlreadyExistsException e) {
            // Another process was as far as this one.
        } catch (UnsupportedOperationException | FileSystemException e) {
            // Windows without the right to make links: the tools move the bytes here, we share them.
            Files.createLink(place, blob);
        }
    }
}
