package dev.loupe.cli.option;

import dev.loupe.backend.Backend;
import dev.loupe.failure.UserInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --threads}, for commands whose numbers are kept. */
public final class ThreadsOption {
    private static final int MOST = 1024;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "CPU threads per operation. The last bits of results depend on this number, so it is 2 on every "
                            + "machine unless this option or OMP_NUM_THREADS sets it.")
    private @Nullable Integer threads;

    /** Makes it so for what is computed from now on. */
    public void use() {
        if (threads == null) {
            return;
        }
        if (threads < 1 || threads > MOST) {
            throw new UserInputException("--threads must be 1 to " + MOST + ", not " + threads);
        }
        Backend.useThreads(threads);
    }

    /** The option as it was written, after a space; empty where it was not. */
    public String written() {
        return threads == null ? "" : " --threads " + threads;
    }
}
