package dev.loupe.resolve;

import dev.loupe.failure.SurroundingsException;
import dev.loupe.schema.Binder;
import dev.loupe.schema.Bound;
import dev.loupe.schema.Composition;
import dev.loupe.schema.Problems;
import dev.loupe.schema.Salvage;
import dev.loupe.schema.YamlMap;
import dev.loupe.spec.ExperimentSpec;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A spec file, from text to a checked experiment. Everything that is wrong is known before weights load.
 *
 * @param root the folder that `extends` may not leave
 */
public record SpecFile(Path file, Path root, @Nullable String variant, List<String> sets, ModelCatalog catalog) {
    /**
     * @param experiment the experiment
     * @param whole its plan with placeholders for what only a run can tell
     */
    public record Checked(Experiment experiment, Wave whole) {}

    /** Reads and checks; throws {@link dev.loupe.schema.SpecException} with all problems. */
    public Checked check() {
        Problems problems = new Problems();
        YamlMap tree = Composition.read(file, root, variant, sets, problems);
        Bound<ExperimentSpec> bound = tree == null ? null : Binder.bind(tree, ExperimentSpec.class, problems);
        if (bound == null) {
            alsoWrong(tree, problems);
            problems.throwIfAny();
            throw new IllegalStateException("no spec and no problem");
        }
        Checked checked = check(bound, problems);
        problems.throwIfAny();
        if (checked == null) {
            throw new IllegalStateException("no experiment and no problem");
        }
        return checked;
    }

    /** What resolving and planning find in those parts of a spec that could be read. */
    private void alsoWrong(@Nullable YamlMap tree, Problems problems) {
        // The answer speaks of claims by number, which means nothing where some are left out.
        Bound<ExperimentSpec> sound =
                tree == null ? null : Salvage.of(tree.without("report"), ExperimentSpec.class, problems);
        // Where nothing sound is measured there is nothing to plan.
        if (sound == null
                || sound.value().measure().isEmpty() && sound.value().metric().isEmpty()) {
            return;
        }
        try {
            check(sound, problems);
        } catch (SurroundingsException e) {
            // What the machine lacks is told once the spec itself is right.
        }
    }

    private @Nullable Checked check(Bound<ExperimentSpec> bound, Problems problems) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        Experiment experiment = SpecResolver.resolve(bound, parent == null ? root : parent, catalog, problems);
        if (experiment == null) {
            return null;
        }
        Wave whole = new ExperimentPlanner(experiment, problems)
                .plan(experiment.measure().keySet(), ExperimentPlanner.NOTHING_MEASURED);
        ClaimTypes.check(experiment, whole, problems);
        return new Checked(experiment, whole);
    }
}
