package dev.loupe.cli;

import dev.loupe.failure.UserInputException;
import dev.loupe.report.GalleryPage;
import dev.loupe.result.ResultFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code loupe gallery DIR}: one page over all finished runs below a folder. */
@Command(
        name = "gallery",
        description = "Write index.html of a folder of runs: every question, its answer and verdict.")
public final class GalleryCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            description = "Folder with runs. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("runs");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (spec == null || !Files.isDirectory(folder)) {
            throw new UserInputException("there is no folder " + folder);
        }
        try {
            int runs = new GalleryPage().write(folder);
            spec.commandLine().getOut().println(folder.resolve(GalleryPage.FILE) + ": " + runs + " runs");
            spec.commandLine().getOut().flush();
        } catch (ResultFormatException e) {
            throw new UserInputException(String.valueOf(e.getMessage()), e);
        }
        return ExitCode.CLAIMS_HOLD.code();
    }
}
