package dev.loupe.hub;

/** Told how a download goes, by many threads. */
public interface DownloadProgress {
    /**
     * @param what the model, for people
     * @param bytes how many will arrive in all
     */
    void began(String what, long bytes);

    /** So many bytes more are there; fewer than none when a file has to begin anew. */
    void arrived(long bytes);

    /** A few words: why it waits. */
    void note(String words);

    /** Tells nobody. */
    static DownloadProgress silent() {
        return new DownloadProgress() {
            @Override
            public void began(String what, long bytes) {}

            @Override
            public void arrived(long bytes) {}

            @Override
            public void note(String words) {}
        };
    }
}
