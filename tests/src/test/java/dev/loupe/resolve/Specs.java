package dev.loupe.resolve;

import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Specs of the project as the commands read them. */
public final class Specs {
    public static final Path HOME =
            Path.of(System.getProperty("loupe.home", "..")).toAbsolutePath().normalize();

    private Specs() {}

    /** Models of the project, after those of LOUPE_MODELS where it is set. */
    public static ModelCatalog catalog() {
        List<Path> folders = new ArrayList<>();
        String named = System.getenv("LOUPE_MODELS");
        if (named != null) {
            folders.add(Path.of(named));
        }
        folders.add(HOME.resolve("models"));
        return new ModelCatalog(folders);
    }

    public static SpecFile file(Path file, @Nullable String variant) {
        Path root = file.startsWith(HOME)
                ? HOME
                : java.util.Objects.requireNonNull(file.toAbsolutePath().getParent());
        return new SpecFile(file, root, variant, List.of(), catalog());
    }

    /** Names of a spec's variants. */
    public static List<String> variants(Path file) {
        return YamlTree.read(file) instanceof YamlMap spec && spec.get("variants") instanceof YamlMap variants
                ? List.copyOf(variants.entries().keySet())
                : List.of();
    }
}
