package dev.loupe.cli;

import dev.loupe.failure.UserInputException;
import dev.loupe.result.RunResult;
import dev.loupe.result.store.ResultFormatException;
import dev.loupe.result.store.ResultStore;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A finished run that a user names by its folder. */
final class FinishedRun {
    private FinishedRun() {}

    /** @throws UserInputException where there is no finished run, or a damaged one */
    static RunResult read(Path run) throws IOException {
        try {
            return new ResultStore().read(folder(run));
        } catch (NoSuchFileException | ResultFormatException e) {
            throw new UserInputException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Pointing at the results.json itself is understood. */
    static Path folder(Path run) {
        Path parent = run.toAbsolutePath().getParent();
        return run.endsWith(ResultStore.JSON) && parent != null ? parent : run;
    }
}
