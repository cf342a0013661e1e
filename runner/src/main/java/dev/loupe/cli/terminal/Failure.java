package dev.loupe.cli.terminal;

/** What the user is told about an error: how the program ends and one paragraph. */
public record Failure(ExitCode exit, String message) {}
