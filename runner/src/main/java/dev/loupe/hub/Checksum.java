package dev.loupe.hub;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The checksum that a file announces by its etag: SHA-256, or for 40 digits git's SHA-1 of a blob. */
final class Checksum {
    private final MessageDigest digest;

    Checksum(RemoteFile file) {
        boolean large = file.etag().length() == 64;
        try {
            digest = MessageDigest.getInstance(large ? "SHA-256" : "SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256 and SHA-1", e);
        }
        if (!large) {
            digest.update(("blob " + file.size() + "\0").getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Takes in what is on disk already. */
    void add(Path part) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(part)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
    }

    void add(ByteBuffer bytes) {
        digest.update(bytes.duplicate());
    }

    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
