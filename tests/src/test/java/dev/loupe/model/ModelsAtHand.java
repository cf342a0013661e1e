package dev.loupe.model;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.loupe.model.folder.ModelFolder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;

/** Public models and reference numbers that are too large for the repository, found through LOUPE_MODELS. */
public final class ModelsAtHand {
    private ModelsAtHand() {}

    /** The folder of a model; the test is skipped where there is none. */
    public static Path folder(String model) {
        String folders = System.getenv("LOUPE_MODELS");
        assumeTrue(folders != null, "skipped: LOUPE_MODELS names no folder of models, and " + model + " is needed");
        for (String folder : String.valueOf(folders).split(File.pathSeparator, -1)) {
            if (ModelFolder.isIn(Path.of(folder, model))) {
                return Path.of(folder, model);
            }
        }
        assumeTrue(false, "skipped: " + model + " is in no folder of LOUPE_MODELS");
        throw new AssertionError();
    }

    /** A file that lies beside the folder of models: {@code parity/...}, {@code data/...}. */
    public static Path beside(Path model, String file) {
        Path path = model.resolve("../..").resolve(file).normalize();
        assumeTrue(Files.isRegularFile(path), "skipped: there is no " + path);
        return path;
    }
}
