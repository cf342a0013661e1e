package dev.loupe.cli.terminal;

/** How stages are shown. Called by one thread at a time. */
public interface StageRenderer {
    void began(StageState state);

    /** Called several times a second while the stage runs. */
    void ticked(StageState state);

    void ended(StageState state);
}
