package dev.loupe.cli.run;

import dev.loupe.cli.terminal.Session;
import dev.loupe.text.VisibleText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows a page in the user's browser. A machine without one is no error: the page is written, and its path was said. */
final class Browser {
    private final Session session;

    Browser(Session session) {
        this.session = session;
    }

    void open(Path page) {
        List<String> command = command(page);
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            session.terminal()
                    .err()
                    .println(VisibleText.line("--open: there is no program `" + command.get(0)
                            + "` on this machine that would show the page; the variable BROWSER names another"));
        }
    }

    /** The program that BROWSER names, otherwise the one by which this system opens a file. */
    private List<String> command(Path page) {
        List<String> command = new ArrayList<>();
        String named = session.environment().get("BROWSER");
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (named != null && !named.isBlank()) {
            command.add(named);
        } else if (system.startsWith("windows")) {
            command.addAll(List.of("rundll32", "url.dll,FileProtocolHandler"));
        } else {
            command.add(system.startsWith("mac") ? "open" : "xdg-open");
        }
        command.add(page.toAbsolutePath().normalize().toUri().toString());
        return command;
    }
}
