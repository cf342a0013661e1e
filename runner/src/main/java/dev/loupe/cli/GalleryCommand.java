package dev.loupe.cli;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.failure.UserInputException;
import dev.loupe.report.GalleryPage;
import dev.loupe.result.store.ResultFormatException;
import dev.loupe.text.Count;
import dev.loupe.text.VisibleText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code loupe gallery DIR}: one page over all finished runs below a folder. */
@Command(
        name = "gallery",
        description = "Write an overview page (index.html) of all runs in a folder: a table of every question with its "
                + "answer and verdict.")
public final class GalleryCommand implements Callable<Integer> {
    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "DIR",
            description = "Folder with runs. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("runs");

    @Option(
            names = "--specs",
            paramLabel = "DIR",
            description =
                    "Folder of specs: those without a run are listed with the command that runs them, and so are the "
                            + "problems of DIR/problems.json that have no spec.")
    private @Nullable Path specs;

    @Option(
            names = "--pack",
            description = "Pack results.json and results.safetensors of every run into one results.zip of an "
                    + "eighth to a third of their size, with numbers as exact as pages carry them (F32). Every "
                    + "command that reads runs reads it.")
    private boolean pack;

    private final Session session;

    GalleryCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new UserInputException("there is not a folder " + folder);
        }
        if (specs != null && !Files.isDirectory(specs)) {
            throw new UserInputException("there is not a folder " + specs);
        }
        try {
            int written = new GalleryPage()
                    .write(folder, pack, specs == null ? runs -> List.of() : new OpenQuestions(specs)::without);
            String page = VisibleText.line(folder.resolve(GalleryPage.FILE).toString());
            session.terminal().out().println(page + ": " + Count.of(written, "run"));
        } catch (ResultFormatException e) {
            throw new UserInputException(String.valueOf(e.getMessage()), e);
        }
        return ExitCode.CLAIMS_HOLD.code();
    }
}
