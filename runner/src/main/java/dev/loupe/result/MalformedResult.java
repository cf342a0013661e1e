package dev.loupe.result;

/** A stored result says something that it cannot; the store adds the name of the file. */
final class MalformedResult extends RuntimeException {
    MalformedResult(String message) {
        super(message);
    }
}
