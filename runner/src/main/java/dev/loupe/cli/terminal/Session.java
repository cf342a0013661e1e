package dev.loupe.cli.terminal;

import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import java.util.Map;

/**
 * What a command is given: where to write, how to show progress, and the wish to stop. Commands take it in their
 * constructor, so that a test can give them another.
 *
 * @param terminal where to write
 * @param progress shown on standard error: a bar on a terminal, log lines elsewhere
 * @param stop set by Ctrl-C
 * @param environment the process's environment; only {@code cli} reads it
 */
public record Session(Terminal terminal, Progress progress, StopSignal stop, Map<String, String> environment) {}
