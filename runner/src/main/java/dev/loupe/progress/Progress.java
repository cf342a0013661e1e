package dev.loupe.progress;

/**
 * Where long work says what it is doing and how far it is. Implementations are safe for use by many threads, cheap enough
 * to be called once per batch, and never throw.
 */
public interface Progress {
    /**
     * Begins a stage; one that was running ends with it.
     *
     * @param name what runs now, in the user's words: {@code training induction-2l, seed 0}
     * @param total units of work in it (steps, batches, bytes); 0 when it is not known
     */
    void stage(String name, long total);

    /** Says that {@code units} more are done; fewer than 0 where a part has to begin anew. */
    void advance(long units);

    /** A few words beside the count, replaced by the next: {@code loss 3.21}. */
    void note(String text);

    /** Ends the running stage, if any. */
    void done();

    /** Tells nobody. */
    static Progress silent() {
        return SilentProgress.INSTANCE;
    }
}
