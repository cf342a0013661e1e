package dev.loupe.cli.terminal;

import java.util.function.Function;

/**
 * One line of the list of commands. The maker is a lambda, not a constructor reference, so that a command's classes are
 * loaded only when that command was asked for.
 *
 * @param name what the user types
 * @param summary one line for {@code loupe --help}
 * @param make a fresh picocli command object, a {@code Callable<ExitCode>} (or of its number)
 */
public record CommandEntry(String name, String summary, Function<Session, Object> make) {}
