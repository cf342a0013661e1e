package dev.loupe.cli.terminal;

import dev.loupe.progress.Progress;

/**
 * Progress on one of several pieces of work, with its number before each stage: {@code 2 of 20: loading}.
 *
 * @param prefix before the name of a stage, with what separates them
 */
public record PrefixedProgress(Progress progress, String prefix) implements Progress {
    @Override
    public void stage(String name, long total) {
        progress.stage(prefix + name, total);
    }

    @Override
    public void advance(long units) {
        progress.advance(units);
    }

    @Override
    public void note(String text) {
        progress.note(text);
    }

    @Override
    public void done() {
        progress.done();
    }
}
