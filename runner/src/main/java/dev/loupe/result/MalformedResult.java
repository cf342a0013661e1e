package dev.loupe.result;

/** A stored result says something that it cannot; the store adds the name of the file. */
public final class MalformedResult extends RuntimeException {
    public MalformedResult(String message) {
        super(message);
    }
}
