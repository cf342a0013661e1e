package dev.loupe.cli.option;

import dev.loupe.cli.terminal.Session;
import dev.loupe.failure.UserInputException;
import dev.loupe.hub.HubCache;
import dev.loupe.hub.HubSettings;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.text.VisibleText;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Where models are looked for: named folders, LOUPE_MODELS, the project's own, then the hub's cache. */
public final class ModelFolders {
    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "A folder of models, one subfolder for each model name; can be repeated. LOUPE_MODELS "
                    + "adds more folders.")
    public List<Path> models = new ArrayList<>();

    private final Set<Path> missing = new HashSet<>();

    /** Said once: a folder that is missing may hold the very model that is then not found, or is found elsewhere. */
    private Path known(String folder, Session session) {
        Path path = Path.of(folder);
        if (!Files.isDirectory(path) && missing.add(path)) {
            session.terminal()
                    .err()
                    .println("loupe: LOUPE_MODELS names " + VisibleText.line(folder) + ", which does not exist");
        }
        return path;
    }

    public ModelCatalog catalog(Session session) {
        for (Path folder : models) {
            if (!Files.isDirectory(folder)) {
                throw new UserInputException("--models " + folder + ": there is no such folder");
            }
        }
        List<Path> folders = new ArrayList<>(models);
        String named = session.environment().get("LOUPE_MODELS");
        if (named != null && !named.isBlank()) {
            for (String folder : named.split(File.pathSeparator, -1)) {
                if (!folder.isBlank()) {
                    folders.add(known(folder, session));
                }
            }
        }
        folders.add(Home.folder().resolve("models"));
        return new ModelCatalog(
                folders, new HubCache(HubSettings.of(session.environment()).cache()));
    }
}
