package dev.loupe.tensors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What lies in a model's folder in the place of its weights where a download did not work. */
final class NotWeights {
    private NotWeights() {}

    /** A sentence to put behind an error about a file's beginning; empty where nothing is known. */
    static String instead(Path file) {
        String start = "";
        try (InputStream in = Files.newInputStream(file)) {
            start = new String(in.readNBytes(64), StandardCharsets.ISO_8859_1).stripLeading();
        } catch (IOException e) {
            return "";
        }
        if (start.startsWith("version https://git-lfs")) {
            return ". It is a pointer of Git LFS, not the file itself: `git lfs pull` fetches that";
        }
        return start.startsWith("<") ? ". It is a web page, not the file: the download failed" : "";
    }
}
