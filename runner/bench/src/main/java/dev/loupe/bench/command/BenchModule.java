package dev.loupe.bench.command;

import dev.loupe.cli.terminal.CommandEntry;
import dev.loupe.cli.terminal.CommandModule;
import java.util.List;

/** What this module adds to {@code loupe}. It is named in {@code META-INF/services}. */
public final class BenchModule implements CommandModule {
    @Override
    public List<CommandEntry> commands() {
        return List.of(
                new CommandEntry("bench", "Measure speed and memory of Loupe itself.", s -> new BenchCommand(s)));
    }
}
