package dev.loupe.cli.terminal;

import dev.loupe.progress.Progress;

/** Progress of work that counts bytes, shown in whole megabytes: {@code downloading gpt2, MB}. */
public final class MegabyteProgress implements Progress {
    private static final long MEGA = 1_000_000;

    private final Progress progress;
    private long bytes;

    public MegabyteProgress(Progress progress) {
        this.progress = progress;
    }

    @Override
    public synchronized void stage(String name, long total) {
        bytes = 0;
        progress.stage(name + ", MB", megabytes(total));
    }

    @Override
    public synchronized void advance(long units) {
        long before = megabytes(bytes);
        bytes += units;
        progress.advance(megabytes(bytes) - before);
    }

    @Override
    public void note(String text) {
        progress.note(text);
    }

    @Override
    public void done() {
        progress.done();
    }

    private static long megabytes(long of) {
        return (of + MEGA - 1) / MEGA;
    }
}
