package dev.loupe.failure;

/** Work stopped because it was asked to; see StopSignal. The program ends with exit code 130. */
public class CancelledException extends RuntimeException {
    public CancelledException() {
        super("Stopped on request.");
    }
}
