package dev.loupe.bench.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.text.TextFile;
import java.io.IOException;
import java.nio.file.Path;

/** Measurements as a file of JSON. */
final class MeasuredFile {
    private MeasuredFile() {}

    static void write(JsonNode measured, Path file) throws IOException {
        TextFile.write(measured.toPrettyString() + "\n", file);
    }
}
