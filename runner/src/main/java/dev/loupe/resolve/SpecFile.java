package dev.loupe.resolve;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.schema.Binder;
import dev.loupe.schema.Bound;
import dev.loupe.schema.compose.SourceFiles;
import dev.loupe.schema.compose.SpecComposition;
import dev.loupe.schema.problem.Notice;
import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import dev.loupe.spec.ExperimentSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A spec file, from text to a checked experiment. Everything that is wrong is known before weights load.
 *
 * @param root the folder that `extends` may not leave
 * @param data the folder where data files are looked for that are not in the spec's folder, or null
 */
public record SpecFile(
        Path file,
        Path root,
        @Nullable String variant,
        List<String> sets,
        ModelCatalog catalog,
        @Nullable Path data) {
    /** A spec whose data files lie in its own folder. */
    public SpecFile(Path file, Path root, @Nullable String variant, List<String> sets, ModelCatalog catalog) {
        this(file, root, variant, sets, catalog, null);
    }

    private static final SpecComposition COMPOSITION = new SpecComposition(ExperimentSpec.class, new SpecDependents());

    /**
     * @param experiment the experiment
     * @param whole its plan with placeholders for what only a run can tell
     */
    public record Checked(Experiment experiment, PlanningRound whole) {}

    /** What should be changed although it can be read, and what the variant leaves out of its base. */
    public List<Notice> notices() {
        Problems problems = new Problems();
        COMPOSITION.read(file, root, variant, sets, problems);
        return problems.notices();
    }

    /** Warnings of named parts that no measurement uses, neither in the spec nor in a variant; none where something is wrong. */
    public List<Notice> unused() {
        UnusedParts parts = new UnusedParts();
        YamlMap whole = COMPOSITION.whole(file, root, new Problems());
        List<@Nullable String> compositions = new ArrayList<>();
        if (whole != null) {
            compositions.add(null);
            compositions.addAll(COMPOSITION.variants(whole).keys());
        }
        for (String name : compositions) {
            Problems wrong = new Problems();
            SpecComposition.Composed composed = COMPOSITION.composed(Objects.requireNonNull(whole), name, sets, wrong);
            Bound<ExperimentSpec> bound =
                    composed == null ? null : Binder.bind(composed.tree(), ExperimentSpec.class, wrong);
            if (composed == null || bound == null || !wrong.isEmpty()) {
                // What is wrong may be what uses the part.
                return List.of();
            }
            parts.see(bound, composed.bases());
        }
        Problems warnings = new Problems();
        parts.warn(file.toString(), warnings);
        return warnings.notices();
    }

    /** The files whose change can change the spec: its own, those that it extends, and data files that it names. */
    public Set<Path> sources() {
        Set<Path> sources = new TreeSet<>(Set.of(file.toAbsolutePath().normalize()));
        YamlMap tree = COMPOSITION.read(file, root, variant, sets, new Problems());
        if (tree != null) {
            Path own = file.toAbsolutePath().getParent();
            sources.addAll(SourceFiles.of(
                    tree, Stream.of(own, data).filter(Objects::nonNull).toList()));
        }
        return sources;
    }

    /** The same spec in a variant. */
    public SpecFile in(String name) {
        return new SpecFile(file, root, name, sets, catalog, data);
    }

    /** The same spec with few of its rows; null where it has no more than that, and where it has problems. */
    public @Nullable FewerRows fewerRows() {
        Problems problems = new Problems();
        YamlMap tree = COMPOSITION.read(file, root, variant, sets, problems);
        Bound<ExperimentSpec> bound = tree == null ? null : Binder.bind(tree, ExperimentSpec.class, problems);
        return tree == null || bound == null ? null : FewerRows.of(this, tree, bound);
    }

    /** Reads and checks; throws {@link dev.loupe.schema.problem.SpecException} with all problems. */
    public Checked check() {
        Problems problems = new Problems();
        YamlMap tree = COMPOSITION.read(file, root, variant, sets, problems);
        Bound<ExperimentSpec> bound = tree == null ? null : known(tree, problems);
        if (bound == null) {
            problems.throwIfAny();
            throw new IllegalStateException("no spec and no problem");
        }
        Checked checked;
        try {
            checked = check(bound, problems);
        } catch (EnvironmentException e) {
            // What the machine lacks is told once the spec itself is right.
            problems.throwIfAny();
            throw e;
        }
        if (variant != null) {
            claimsOfItsOwn(variant, bound.value(), problems);
        }
        problems.throwIfAny();
        return checked;
    }

    /** A spec as far as it is known; the version of the language does not hide what else is wrong. */
    private static @Nullable Bound<ExperimentSpec> known(YamlMap tree, Problems problems) {
        Bound<ExperimentSpec> bound = Binder.known(tree, ExperimentSpec.class, problems);
        SourceLocation here = tree.mark();
        return bound != null
                ? bound
                : Binder.known(
                        tree.with(new YamlMap.Entry("loupe", here, YamlScalar.plain(here, "1"))),
                        ExperimentSpec.class,
                        new Problems());
    }

    /**
     * Reads every variant and checks its keys and values; models, rows and claims are those of {@link #check()} with a
     * variant named.
     *
     * @return the names of the variants
     * @throws dev.loupe.schema.problem.SpecException with all problems
     */
    public List<String> checkVariants() {
        Problems problems = new Problems();
        List<String> names =
                List.copyOf(COMPOSITION.variants(file, root, problems).keys());
        for (String name : names) {
            Problems own = new Problems();
            Bound<ExperimentSpec> bound = bound(name, List.of(), own);
            if (bound != null) {
                claimsOfItsOwn(name, bound.value(), own);
            }
            problems.addAll(inVariant(name, own.sorted()));
        }
        problems.throwIfAny();
        return names;
    }

    /** Problems of a variant; those at a place of its base say which variant they are of. */
    private List<Problem> inVariant(String name, List<Problem> problems) {
        YamlTree written = COMPOSITION.variants(file, root, new Problems()).get(name);
        Set<SourceLocation> places = new LinkedHashSet<>();
        if (written != null) {
            places(written, places);
        }
        return problems.stream()
                .map(problem ->
                        places.contains(problem.mark()) ? problem : problem.with(" (in variant `" + name + "`)"))
                .toList();
    }

    private static void places(YamlTree tree, Set<SourceLocation> places) {
        places.add(tree.mark());
        if (tree instanceof YamlMap map) {
            map.entries().values().forEach(entry -> {
                places.add(entry.mark());
                places(entry.value(), places);
            });
        } else if (tree instanceof YamlList list) {
            list.items().forEach(item -> places(item, places));
        }
    }

    private @Nullable Bound<ExperimentSpec> bound(@Nullable String name, List<String> changes, Problems problems) {
        YamlMap tree = COMPOSITION.read(file, root, name, changes, problems);
        return tree == null ? null : Binder.bind(tree, ExperimentSpec.class, problems);
    }

    /** What holds for one model need not hold for another. */
    private void claimsOfItsOwn(String name, ExperimentSpec varied, Problems problems) {
        Problems ofBase = new Problems();
        Bound<ExperimentSpec> base = bound(null, List.of(), ofBase);
        YamlMap.Entry written =
                COMPOSITION.variants(file, root, ofBase).entries().get(name);
        if (base == null
                || base.value().claims().isEmpty()
                || written == null
                || !(written.value() instanceof YamlMap part)
                || part.has("claims")) {
            return;
        }
        Set<String> others = new LinkedHashSet<>(varied.models());
        base.value().models().forEach(others::remove);
        if (!others.isEmpty()) {
            problems.add(
                    written.mark(),
                    "missing-key",
                    "variant `" + name + "` is about another model, " + String.join(", ", others)
                            + ": give it separate `claims`, or `claims: inherit` if the claims of the base spec "
                            + "apply to it");
        }
    }

    private Checked check(Bound<ExperimentSpec> bound, Problems problems) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        Experiment experiment = SpecResolver.resolve(bound, parent == null ? root : parent, data, catalog, problems);
        PlanningRound whole = new ExperimentPlanner(experiment, problems)
                .plan(experiment.measure().keySet(), ExperimentPlanner.NOTHING_MEASURED);
        ClaimTypes.check(experiment, whole, problems);
        return new Checked(experiment, whole);
    }
}
