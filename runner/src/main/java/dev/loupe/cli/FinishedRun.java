package dev.loupe.cli;

import dev.loupe.failure.UserInputException;
import dev.loupe.result.RunResult;
import dev.loupe.result.store.PackedRun;
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

    /** Pointing at the results.json itself, or at the archive of a packed run, is understood. */
    static Path folder(Path run) {
        Path parent = run.toAbsolutePath().getParent();
        boolean file = run.endsWith(ResultStore.JSON) || run.endsWith(PackedRun.FILE);
        return file && parent != null ? parent : run;
    }
}
