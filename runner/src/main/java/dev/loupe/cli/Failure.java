package dev.loupe.cli;

/** What the user is told about an error: how the program ends and one paragraph. */
record Failure(ExitCode exit, String message) {}
