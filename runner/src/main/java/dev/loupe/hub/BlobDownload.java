package dev.loupe.hub;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.progress.Progress;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Brings one file to disk: from where it stopped, checked, and under its own name only when it is whole. */
final class BlobDownload implements Attempts.Work<Path> {
    private final HubClient client;
    private final Refusals refusals;
    private final RepositoryFolder folder;
    private final RemoteFile file;
    private final String address;
    private final Progress progress;
    private boolean lied;

    BlobDownload(
            HubClient client,
            Refusals refusals,
            RepositoryFolder folder,
            RemoteFile file,
            String commit,
            Progress progress) {
        this.client = client;
        this.refusals = refusals;
        this.folder = folder;
        this.file = file;
        this.address = "/" + folder.address() + "/resolve/" + commit + "/" + file.name();
        this.progress = progress;
    }

    /** Bytes on disk, whole or not. */
    static long present(RepositoryFolder folder, RemoteFile file) {
        return Files.exists(folder.blob(file)) ? file.size() : Math.min(file.size(), size(folder.incomplete(file)));
    }

    private static long size(Path path) {
        try {
            return Files.exists(path) ? Files.size(path) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public long reached() {
        return size(folder.incomplete(file));
    }

    @Override
    public Path run() throws IOException, InterruptedException {
        Path blob = folder.blob(file);
        Files.createDirectories(blob.toAbsolutePath().getParent());
        long counted = present(folder, file);
        try (BlobLock lock = BlobLock.take(folder.lock(file), client.stop())) {
            progress.advance(present(folder, file) - counted);
            if (Files.exists(blob)) {
                return blob;
            }
            fill();
            Files.move(folder.incomplete(file), blob, StandardCopyOption.ATOMIC_MOVE);
            return blob;
        }
    }

    private void fill() throws IOException, InterruptedException {
        Path part = folder.incomplete(file);
        long at = size(part);
        if (at > file.size()) {
            Files.delete(part);
            at = 0;
        }
        Checksum checksum = new Checksum(file);
        try (FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            if (at > 0) {
                checksum.add(part);
            }
            if (at < file.size()) {
                at = receive(out, at, checksum);
            }
            out.force(true);
        }
        if (at < file.size()) {
            throw new TransientHubException(
                    "the connection ended after " + at + " of " + file.size() + " bytes", (Duration) null);
        }
        if (!checksum.hex().equals(file.etag())) {
            refuse(part);
        }
    }

    /** Wrong bytes may come from a part that was left damaged, so the file is fetched anew once. */
    private void refuse(Path part) throws IOException {
        progress.advance(-Math.min(size(part), file.size()));
        Files.deleteIfExists(part);
        if (lied) {
            throw new EnvironmentException(folder.repository() + "/" + file.name()
                    + ": the checksum of the download differed from the hub's twice, so nothing was kept. Something "
                    + "between this machine and the hub changes files: check HF_ENDPOINT");
        }
        lied = true;
        throw new TransientHubException("the download has a different checksum", (Duration) null);
    }

    private long receive(FileChannel out, long from, Checksum fresh) throws IOException, InterruptedException {
        Map<String, String> range = from > 0 ? Map.of("Range", "bytes=" + from + "-") : Map.of();
        HttpResponse<ArrivingBody> answer = client.ask("GET", client.at(address), range);
        try (ArrivingBody body = answer.body()) {
            int status = answer.statusCode();
            String begins = answer.headers().firstValue("content-range").orElse("");
            if (status == 416 || (status == 206 && !begins.startsWith("bytes " + from + "-"))) {
                restart(out, from);
                throw new TransientHubException("the hub does not resume the download", (Duration) null);
            }
            if (status == 200 && from > 0) {
                // Sends it all again: what is here is dropped, and the checksum begins anew.
                restart(out, from);
                throw new TransientHubException("the hub sends the file from its beginning", (Duration) null);
            }
            if (status != 200 && status != 206) {
                throw refusals.of(status, answer.headers(), file.name());
            }
            return write(out, from, body, fresh);
        }
    }

    private void restart(FileChannel out, long had) throws IOException {
        out.truncate(0);
        progress.advance(-had);
    }

    private long write(FileChannel out, long from, ArrivingBody body, Checksum checksum)
            throws IOException, InterruptedException {
        long at = from;
        Duration stall = client.settings().patience().stall();
        for (List<ByteBuffer> piece = body.next(stall, client.stop());
                piece != null;
                piece = body.next(stall, client.stop())) {
            for (ByteBuffer bytes : piece) {
                if (at + bytes.remaining() > file.size()) {
                    refuse(folder.incomplete(file));
                }
                checksum.add(bytes);
                int length = bytes.remaining();
                while (bytes.hasRemaining()) {
                    at += out.write(bytes, at);
                }
                progress.advance(length);
            }
        }
        return at;
    }
}
