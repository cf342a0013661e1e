package dev.loupe.progress;

/** Progress that nobody looks at: tests, and work too short to show. */
public enum SilentProgress implements Progress {
    INSTANCE;

    @Override
    public void stage(String name, long total) {}

    @Override
    public void advance(long units) {}

    @Override
    public void note(String text) {}

    @Override
    public void done() {}
}
