package dev.loupe.cli.run;

import dev.loupe.model.folder.ModelFolder;
import dev.loupe.resolve.model.ModelCatalog;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model that lies in a folder of models under its own name, opened before a spec about it is checked. What is wrong with it is
 * not told here: the check names it with its place in the spec.
 */
final class NamedFolder {
    private NamedFolder() {}

    /** Null where the name is a card's, where no folder has it, and where it does not open. */
    static @Nullable ModelFolder open(String name, ModelCatalog catalog) {
        try {
            Path folder = catalog.folder(name);
            return folder == null || catalog.card(name) != null ? null : ModelFolder.open(folder);
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** Begins to hash its tensors in a thread of its own: the check waits for the hash, and computes on while it is made. */
    static void hashAhead(ModelFolder model) {
        Thread ahead = new Thread(
                () -> {
                    try {
                        var unused = model.weightsHash();
                    } catch (RuntimeException e) {
                        // The check reads the same bytes and tells.
                    }
                },
                "weights");
        ahead.setDaemon(true);
        ahead.start();
    }
}
