package dev.loupe.resolve;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

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

    /**
     * A shipped spec, checked. The test is skipped, and the output says why, where its model is not on this machine: nothing
     * of a public model is downloaded, and some models only LOUPE_MODELS can give. The same where a variant reads data that
     * the project does not have.
     */
    public static SpecFile.Checked checkedIfItsModelIsHere(Path file, @Nullable String variant) {
        String name = HOME.relativize(file) + (variant == null ? "" : " --variant " + variant);
        try {
            return file(file, variant).check();
        } catch (EnvironmentException e) {
            System.out.println("not checked, its model is not at hand: " + name + ": " + e.getMessage());
            return Assumptions.abort(e.getMessage());
        } catch (SpecException e) {
            boolean noModels = System.getenv("LOUPE_MODELS") == null;
            boolean noData = readsDataOfOthers(file, variant);
            if (!e.problems().stream()
                    .allMatch(p -> p.code().equals("unknown-model") && noModels
                            || p.code().equals("bad-dataset")
                                    && noData
                                    && p.message().matches("(?s)(`.*` is not a file in|no file in .* matches) .*"))) {
                throw e;
            }
            System.out.println("not checked, " + (noData ? "its data lie elsewhere" : "LOUPE_MODELS is not set") + ": "
                    + name + ": " + e.getMessage());
            return Assumptions.abort(e.getMessage());
        }
    }

    /** Whether the notes of a spec say from where the files of a variant come, which the project does not have. */
    private static boolean readsDataOfOthers(Path file, @Nullable String variant) {
        try {
            return variant != null && Files.readString(file).contains("`--variant " + variant + " --data ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shipped specs, by their paths. */
    public static List<Path> shipped() throws IOException {
        try (Stream<Path> files = Files.walk(HOME.resolve("experiments"))) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    /** Names of a spec's variants. */
    public static List<String> variants(Path file) {
        return YamlTree.read(file) instanceof YamlMap spec && spec.get("variants") instanceof YamlMap variants
                ? List.copyOf(variants.entries().keySet())
                : List.of();
    }

    /** The plan of a spec with the models of this project and of its folder. */
    public static ExecutionPlan plan(Path folder, String yaml) {
        Path spec = folder.resolve("spec.yaml");
        try {
            Files.writeString(spec, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ModelCatalog models = new ModelCatalog(List.of(folder, HOME.resolve("models")));
        return new SpecFile(spec, folder, null, List.of(), models)
                .check()
                .whole()
                .plan();
    }

    /** Why such a spec is refused. */
    public static String refusal(Path folder, String yaml) {
        try {
            plan(folder, yaml);
        } catch (SpecException e) {
            return e.problems().stream().map(p -> p.message()).collect(Collectors.joining("\n"));
        }
        throw new AssertionError("the spec is accepted");
    }
}
