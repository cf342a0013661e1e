package dev.loupe.cli.terminal;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which signals processes of this one hear. */
public final class SignalsHere {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int INT = 2;

    private SignalsHere() {}

    /**
     * A shell without job control has what it starts in the background ignore SIGINT, all that is started there inherits it, and a JVM
     * leaves it so: no Control-C is heard, whatever the program does.
     */
    public static void assumeControlCIsHeard() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return;
        }
        long ignored = Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .mapToLong(line -> Long.parseUnsignedLong(
                        line.substring("SigIgn:".length()).strip(), 16))
                .findFirst()
                .orElse(0);
        assumeFalse(
                (ignored >> (INT - 1) & 1) == 1,
                "SKIPPED: the tests were started in the background with SIGINT ignored, so no Control-C was sent");
    }
}
