package dev.loupe.cli.option;

import dev.loupe.cli.terminal.Session;
import dev.loupe.failure.UserInputException;
import dev.loupe.model.card.CardFile;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.schema.problem.Notice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of every command that reads specs. */
public final class SpecOptions {
    @Option(names = "--variant", paramLabel = "V", description = "The variant of the spec to use.")
    @Nullable
    public String variant;

    @Option(
            names = "--set",
            paramLabel = "path=value",
            description = "Change one value of the spec, such as dataset.repeats.rows=64; can be repeated.")
    public List<String> sets = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "A folder where data files of the spec are looked for that are not in the spec's own folder. "
                    + "Default: LOUPE_DATA.")
    @Nullable
    public Path data;

    @Mixin
    public ModelFolders models = new ModelFolders();

    /** The command that these options belong to. */
    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    /** Whether stack traces are wanted, which is an option of the whole program. */
    public boolean debug() {
        return command != null && command.root().userObject() instanceof GlobalOptions global && global.debug;
    }

    /** Of the folder that a run of the spec is written to. */
    public String runName(Path file) {
        return file.getFileName().toString().replaceFirst("\\.ya?ml$", "") + (variant == null ? "" : "." + variant);
    }

    /** The spec; what should be changed in it is printed. */
    public SpecFile spec(Path file, Session session) {
        SpecFile spec = specOfRows(file, session);
        spec.unused().forEach(session.terminal().err()::println);
        return spec;
    }

    /** The spec for one who looks at its datasets, whether or not something is measured on them. */
    public SpecFile specOfRows(Path file, Session session) {
        if (!Files.isRegularFile(file)) {
            throw new UserInputException(
                    Files.isDirectory(file)
                            ? file + " is a folder: name the specs in it, such as " + file + "/*.yaml"
                            : "there is no spec " + file);
        }
        if (CardFile.isInsteadOfSpec(file)) {
            throw new UserInputException(file + " is a card, not a spec: a spec names it, as in `model: {card: "
                    + CardFile.nameOf(file) + "}`, and `loupe validate` checks it");
        }
        SpecFile spec = quietly(file, session);
        spec.notices().stream()
                .filter(notice -> notice.level() == Notice.Level.WARNING)
                .forEach(session.terminal().err()::println);
        return spec;
    }

    /** The spec without a word on what should be changed in it; the file need not exist. */
    public SpecFile quietly(Path file, Session session) {
        return new SpecFile(file, root(file), variant, sets, catalog(session), data(session));
    }

    /** The data root; null where none is named. */
    private @Nullable Path data(Session session) {
        String named = session.environment().get("LOUPE_DATA");
        boolean set = named != null && !named.isBlank();
        Path folder = data != null || !set ? data : Path.of(named);
        if (folder != null && !Files.isDirectory(folder)) {
            throw new UserInputException(
                    (data != null ? "--data " : "LOUPE_DATA ") + folder + ": there is no such folder");
        }
        return folder;
    }

    /** What a spec may extend lies in its own folder, or in the project's when the spec lies there. */
    private static Path root(Path file) {
        Path home = Home.folder();
        Path absolute = file.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        return absolute.startsWith(home) || parent == null ? home : parent;
    }

    public ModelCatalog catalog(Session session) {
        return models.catalog(session);
    }
}
