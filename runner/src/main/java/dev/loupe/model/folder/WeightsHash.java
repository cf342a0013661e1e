package dev.loupe.model.folder;

import dev.loupe.tensors.TensorSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** What identifies weights, whatever the files are called: SHA-256 over sorted names, types, shapes and bytes. */
final class WeightsHash {
    private WeightsHash() {}

    static String of(TensorSource source) {
        MessageDigest digest = sha256();
        for (String name : source.names()) {
            String head = name + "\n" + source.type(name) + Arrays.toString(source.shape(name)) + "\n";
            digest.update(head.getBytes(StandardCharsets.UTF_8));
            source.stored(name, digest::update);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
