package dev.loupe.doctor;

import dev.loupe.backend.EngineReport;
import dev.loupe.failure.UserInputException;
import dev.loupe.hub.HubSettings;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks the surroundings over.
 *
 * @param loupe our version and commit
 * @param models folders that {@code --models} named
 * @param home the project's folder
 * @param cache where weights go that a run has to train first
 * @param environment the process's
 */
public record Doctor(String loupe, List<Path> models, Path home, Path cache, Map<String, String> environment) {
    public Doctor {
        models = List.copyOf(models);
        environment = Map.copyOf(environment);
    }

    /** @param engine looks at the engine, which loads it */
    public Checkup examine(Supplier<EngineReport> engine) {
        Checkup to = new Checkup();
        to.fact("machine", "Loupe", loupe + ", " + home);
        MachineFacts.add(to, environment);
        EngineFacts.add(to, environment, engine.get());
        FolderFacts folders = new FolderFacts(to);
        models.forEach(folder -> folders.folder("--models", folder));
        String named = environment.get("LOUPE_MODELS");
        if (named == null || named.isBlank()) {
            folders.unset("LOUPE_MODELS");
        } else {
            for (String folder : named.split(File.pathSeparator, -1)) {
                folders.folder("LOUPE_MODELS", Path.of(folder));
            }
        }
        folders.folder("models/ of this project", home.resolve("models"));
        HubSettings settings = null;
        String problem = null;
        try {
            settings = HubSettings.of(environment);
        } catch (UserInputException e) {
            problem = e.getMessage();
        }
        folders.hub(settings, problem, environment);
        folders.written("weights trained by Loupe", cache);
        written(folders, settings);
        folders.written("runs and reports", Path.of("").toAbsolutePath());
        return to;
    }

    private static void written(FolderFacts folders, @Nullable HubSettings settings) {
        if (settings != null && !settings.offline()) {
            folders.written("downloads", settings.cache());
        }
    }
}
