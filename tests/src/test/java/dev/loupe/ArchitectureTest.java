package dev.loupe;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.loupe.schema.annotation.Groups;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The shape of the house. Each rule says why it is there; change a rule together with the reason for it. */
class ArchitectureTest {
    private static final String HOUSE = "dev.loupe.";

    /** No room is a hall. */
    private static final int MOST_FILES = 30;

    /** Each room may see those before it, never one after it. */
    private static final List<String> ORDER = List.of(
            "text",
            "failure",
            "progress",
            "tensors",
            "matching",
            "schema.annotation",
            "schema.problem",
            "schema.yaml",
            "schema.shape",
            "schema",
            "schema.compose",
            "hook",
            "result",
            "result.sample",
            "result.store",
            "plan.ask",
            "plan.edit",
            "plan",
            "plan.values",
            "plan.neurons",
            "plan.build",
            "dataset.rows",
            "dataset",
            "dataset.features",
            "dataset.label",
            "dataset.given",
            "dataset.language",
            "dataset.prompt",
            "dataset.repeats",
            "dataset.task",
            "dataset.board",
            "metric.reading",
            "metric.direction",
            "metric",
            "metric.answer",
            "metric.token",
            "metric.inside",
            "intervention.select",
            "intervention.value",
            "intervention",
            "analysis.planning",
            "analysis",
            "analysis.reading",
            "analysis.weights",
            "analysis.heads",
            "analysis.output",
            "analysis.circuits",
            "analysis.toys",
            "analysis.families",
            "analysis.sampled",
            "analysis.neurons",
            "claim",
            "spec.chance",
            "spec",
            "model.config",
            "model.tokenizer",
            "model.weights",
            "model.dictionary",
            "model.family",
            "model.forward",
            "model.table",
            "model.planted",
            "model.gguf",
            "model.toy",
            "model.optimizer",
            "model.recipe",
            "model.published",
            "model.card",
            "model.identity",
            "model.derived",
            "model.folder",
            "model.network",
            "train.step",
            "train",
            "hub",
            "resolve.model",
            "resolve.rows",
            "resolve",
            "optimize",
            "explain",
            "backend",
            "execute.batch",
            "execute.outcome",
            "execute.request",
            "execute.edit",
            "execute.keep",
            "execute.load",
            "execute.generate",
            "execute.statistics",
            "execute.documents",
            "execute.hypotheses",
            "execute.neurons",
            "execute.step",
            "execute.pass",
            "execute.send",
            "execute.shards",
            "execute",
            "report.draw",
            "report.chart",
            "report.row",
            "report.graph",
            "report.pattern",
            "report.section",
            "report.training",
            "report.models",
            "report.compare",
            "report.rating",
            "report",
            "doctor",
            "cli.terminal",
            "cli.option",
            "cli.reference",
            "cli.run",
            "cli",
            "bench",
            "bench.command",
            "spark");

    private static final JavaClasses PRODUCTION =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("dev.loupe");

    @Test
    void packagesSeeOnlyEarlierOnes() {
        holds(classes()
                .that(resideInAPackage("dev.loupe.."))
                .should(seeOnlyEarlierPackages())
                .because("one direction of travel, from spec to report, is what lets a newcomer read the code in order "
                        + "and lets a part be tried without those after it"));
    }

    /** A reader of the manual finds every package, in the order in which the code is best read. */
    @Test
    void theManualHasThePackagesInThisOrder() throws IOException {
        String page = Files.readString(
                Path.of(System.getProperty("loupe.home"), "runner", "docs", "manual", "architecture.md"));
        assertThat(Pattern.compile("(?m)^\\| `([a-z]+)` \\|")
                        .matcher(page)
                        .results()
                        .map(row -> row.group(1)))
                .containsExactlyElementsOf(ORDER.stream()
                        .map(room -> room.split("\\.")[0])
                        .distinct()
                        .toList());
    }

    @Test
    void registriesHaveTwoLevels() {
        holds(classes()
                .that()
                .areAnnotatedWith(Groups.class)
                .should(beExtendedByItsGroupsAlone())
                .because("a record that is not in the permits clause of a group would be found by no spec, and Java's"
                        + " sealed types cannot leave their package"));
    }

    @Test
    void noRoomIsAHall() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("loupe.home"), "runner"))) {
            Map<Path, Long> rooms = files.filter(file -> file.toString().contains("src/main/java")
                            && file.toString().endsWith(".java"))
                    .collect(Collectors.groupingBy(Path::getParent, Collectors.counting()));
            assertThat(rooms)
                    .as("a stranger reads a room of %d files, not a hall", MOST_FILES)
                    .isNotEmpty()
                    .allSatisfy(
                            (room, count) -> assertThat(count).as("%s", room).isLessThanOrEqualTo(MOST_FILES));
        }
    }

    @Test
    void noCycles() {
        holds(slices().matching("dev.loupe.(*)..")
                .should()
                .beFreeOfCycles()
                .because("packages that need each other are one package in two places"));
    }

    @Test
    void theEngineIsNamedInBackendAlone() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage("dev.loupe.backend..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ai.djl.engine..", "ai.djl.pytorch..")
                .because("naming the engine loads PyTorch, and the light commands answer within a second without it"));
    }

    @Test
    void reportSeesResultsAlone() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.loupe.report..")
                .should()
                .dependOnClassesThat(are(resideInAPackage("dev.loupe.."))
                        .and(not(resideInAPackage("dev.loupe.report..")))
                        .and(not(resideInAPackage("dev.loupe.result..")))
                        .and(not(resideInAPackage("dev.loupe.text..")))
                        .and(not(resideInAPackage("dev.loupe.schema.yaml..")))
                        .and(not(resideInAPackage("dev.loupe.failure.."))))
                .because("a page is rebuilt from stored results alone, years later; their spec is YAML"));
    }

    @Test
    void resultsSeeTensorFilesAlone() {
        holds(noClasses()
                .that()
                .resideInAPackage("dev.loupe.result..")
                .should()
                .dependOnClassesThat(are(resideInAPackage("dev.loupe.."))
                        .and(not(resideInAPackage("dev.loupe.result..")))
                        .and(not(resideInAPackage("dev.loupe.tensors..")))
                        .and(not(resideInAPackage("dev.loupe.failure.."))))
                .because("stored results outlive the code that made them"));
    }

    @Test
    void plansArePureData() {
        holds(noClasses()
                .that()
                .resideInAnyPackage("dev.loupe.plan..", "dev.loupe.optimize..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io..", "java.nio.file..", "java.time..")
                .because("a plan is a function of the resolved spec: no files, no clock, so that it can be compared, "
                        + "cached and sent to another machine"));
    }

    @Test
    void noDrawersForOddsAndEnds() {
        holds(noClasses()
                .should()
                .haveNameMatching("(?i).*\\.(util|utils|common|helper|helpers|manager|managers|misc)\\..*")
                .orShould()
                .haveNameMatching("(?i).*(util|utils|helper|helpers|manager|common)$")
                .because("a name says what a thing is; such names gather what has no place"));
    }

    @Test
    void onlyTheEdgesTouchTheProcess() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackages("dev.loupe.cli..", "dev.loupe.backend..", "dev.loupe.spark..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .because("what a part prints, reads from the environment or ends cannot be tested or reused"));
    }

    @Test
    void everythingPrintedPassesTheTerminal() {
        holds(noClasses()
                .that()
                .resideInAnyPackage("dev.loupe.cli..", "dev.loupe.bench..")
                .and()
                .doNotHaveSimpleName("Terminal")
                .and()
                .doNotHaveSimpleName("Main")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(CommandLine.class, "getOut")
                .orShould()
                .callMethod(CommandLine.class, "getErr")
                .orShould()
                .callMethodWhere(target(nameMatching("styled(Out|Err)")))
                .because("text of a spec, a file, a model or a hub could otherwise act on the terminal by itself"));
    }

    @Test
    void noSharedMutableState() {
        holds(fields().that()
                .areStatic()
                .should()
                .beFinal()
                .because("two runs in one process must not know of each other"));
    }

    @Test
    void randomnessHasASeed() {
        holds(noClasses()
                .should()
                .callConstructor(Random.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.security.SecureRandom")
                .because("the same spec gives the same bits, so every draw comes from a seed that the spec shows"));
    }

    private static void holds(ArchRule rule) {
        rule.check(PRODUCTION);
    }

    /** The groups that an open interface names, which come after it. */
    private static Set<String> groups(JavaClass open) {
        return open.isAnnotatedWith(Groups.class)
                ? Arrays.stream(open.getAnnotationOfType(Groups.class).value())
                        .map(Class::getName)
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** What no spec can write, so that it has no place in a registry: what a card's text becomes, and a metric in one model. */
    private static final Set<String> NO_WORDS =
            Set.of("dev.loupe.dataset.given.TrainingText", "dev.loupe.metric.inside.Coordinate");

    private static ArchCondition<JavaClass> beExtendedByItsGroupsAlone() {
        return new ArchCondition<>("be extended by the groups that it names, each sealed in a room of its own") {
            @Override
            public void check(JavaClass open, ConditionEvents events) {
                Set<String> named = groups(open);
                Set<String> found = open.getSubclasses().stream()
                        .filter(type -> type.getRawInterfaces().contains(open))
                        .map(JavaClass::getName)
                        .filter(name -> !NO_WORDS.contains(name))
                        .collect(Collectors.toSet());
                if (!found.equals(named)) {
                    events.add(SimpleConditionEvent.violated(
                            open, open.getName() + " names the groups " + named + " and is extended by " + found));
                }
                Set<String> rooms = new HashSet<>();
                for (Class<?> group : open.getAnnotationOfType(Groups.class).value()) {
                    if (!group.isSealed() || !rooms.add(group.getPackageName())) {
                        events.add(SimpleConditionEvent.violated(
                                open, group.getName() + " is not sealed, or shares its room with another group"));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> seeOnlyEarlierPackages() {
        return new ArchCondition<>("see only the packages before their own in " + ORDER) {
            @Override
            public void check(JavaClass origin, ConditionEvents events) {
                int own = place(origin);
                if (own < 0) {
                    events.add(SimpleConditionEvent.violated(
                            origin, origin.getName() + " is in a package that has no place in the order"));
                    return;
                }
                origin.getDirectDependenciesFromSelf().stream()
                        .filter(d -> place(d.getTargetClass()) > own)
                        .filter(d -> !groups(origin).contains(d.getTargetClass().getName()))
                        .forEach(d -> events.add(SimpleConditionEvent.violated(d, d.getDescription())));
            }
        };
    }

    /** Where a class's package stands in the order; -1 for a class of ours without a place, -2 for others' classes. */
    private static int place(JavaClass type) {
        String name = type.getPackageName();
        return name.startsWith(HOUSE) ? ORDER.indexOf(name.substring(HOUSE.length())) : -2;
    }
}
