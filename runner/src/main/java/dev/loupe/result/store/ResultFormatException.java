package dev.loupe.result.store;

import java.io.IOException;
import java.nio.file.Path;

/** A file of a run is there but does not hold a result that this version can read. The message names the file. */
public final class ResultFormatException extends IOException {
    ResultFormatException(Path file, String why, Throwable cause) {
        super(file + ": " + why, cause);
    }
}
