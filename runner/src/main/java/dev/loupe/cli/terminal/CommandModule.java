package dev.loupe.cli.terminal;

import java.util.List;

/**
 * Commands of a module that the program does not depend on: they are there when the module is on the class path, which
 * names its implementation in {@code META-INF/services}.
 */
public interface CommandModule {
    /** In the order in which {@code loupe --help} shows them, after the program's own. */
    List<CommandEntry> commands();
}
