package dev.loupe.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.failure.EnvironmentException;
import dev.loupe.schema.Binder;
import dev.loupe.schema.Bound;
import dev.loupe.schema.compose.Dependents;
import dev.loupe.schema.compose.SpecComposition;
import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.problem.SourceLocation;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.schema.shape.Reference;
import dev.loupe.schema.yaml.YamlList;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlScalar;
import dev.loupe.schema.yaml.YamlTree;
import dev.loupe.spec.ExperimentSpec;
import dev.loupe.spec.ModelChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two to eight mistakes of any kinds at any places of a shipped spec: one round of checks names every one, once, on its line,
 * and nothing else.
 */
class PlantedMistakesTest {
    private static final int ROUNDS = Integer.getInteger("loupe.mistakes.rounds", 2);

    @TempDir
    Path home;

    /** @param word what is written instead */
    private record Mistake(String kind, SourceLocation at, int length, String word) {}

    @TestFactory
    Stream<DynamicTest> oneRoundNamesEveryMistake() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Specs.shipped()) {
            for (int round = 0; round < ROUNDS; round++) {
                int seed = 100 * round + tests.size();
                tests.add(DynamicTest.dynamicTest(file.getFileName() + ", seed " + seed, () -> check(file, seed)));
            }
        }
        assertThat(tests).hasSizeGreaterThan(20);
        return tests.stream();
    }

    private void check(Path file, int seed) throws IOException {
        Random random = new Random(seed);
        List<Mistake> all = possible(file);
        Collections.shuffle(all, random);
        int count = 2 + random.nextInt(7);
        // One of each kind first, so that rare kinds are not drowned by the many keys.
        Map<String, Mistake> kinds = new LinkedHashMap<>();
        all.forEach(mistake -> kinds.putIfAbsent(mistake.kind(), mistake));
        Set<Mistake> planted = new LinkedHashSet<>();
        Set<SourceLocation> taken = new HashSet<>();
        Stream.concat(kinds.values().stream(), all.stream())
                .filter(mistake -> taken.add(mistake.at()))
                .limit(count)
                .forEach(planted::add);
        Path copy = beside(file);
        try {
            Files.writeString(copy, with(Files.readString(file), planted));
            compare(copy, planted);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    /** What the spec extends, and its data, lie beside it in a copy of all experiments. */
    private Path beside(Path file) throws IOException {
        Path experiments = Specs.HOME.resolve("experiments");
        try (Stream<Path> all = Files.walk(experiments)) {
            for (Path from : all.toList()) {
                Path to = home.resolve(Specs.HOME.relativize(from));
                if (!Files.exists(to)) {
                    Files.copy(from, to);
                }
            }
        }
        return home.resolve(Specs.HOME.relativize(file)).resolveSibling("planted-" + file.getFileName());
    }

    private void compare(Path copy, Set<Mistake> planted) {
        List<Problem> found;
        try {
            new SpecFile(copy, home, null, List.of(), Specs.catalog()).check();
            found = List.of();
        } catch (SpecException e) {
            found = e.problems();
        } catch (EnvironmentException e) {
            System.out.println("not checked, its model is not at hand: " + copy + ": " + e.getMessage());
            Assumptions.abort(e.getMessage());
            return;
        }
        List<Problem> problems = found;
        boolean missing = System.getenv("LOUPE_MODELS") == null
                && problems.stream().anyMatch(p -> p.code().equals("unknown-model"));
        if (missing) {
            System.out.println("not compared, LOUPE_MODELS is not set: " + copy);
            Assumptions.abort("models are missing");
        }
        String context =
                planted + "\nfound\n" + problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
        for (Mistake mistake : planted) {
            // Two may have one line and one word.
            long alike = planted.stream()
                    .filter(other -> other.at().line() == mistake.at().line()
                            && other.word().equals(mistake.word()))
                    .count();
            assertThat(problems.stream()
                            .filter(p -> p.mark().line() == mistake.at().line()
                                    && p.message().contains(mistake.word())))
                    .as(mistake + " of " + context)
                    .hasSize((int) alike);
        }
        assertThat(problems).as(context).hasSameSizeAs(planted);
    }

    private static String with(String text, Set<Mistake> planted) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        planted.stream().sorted(Comparator.comparing(Mistake::at).reversed()).forEach(m -> {
            int line = m.at().line() - 1;
            String old = lines.get(line);
            int from = old.offsetByCodePoints(0, m.at().column() - 1);
            lines.set(line, old.substring(0, from) + m.word() + old.substring(from + m.length()));
        });
        return String.join("\n", lines);
    }

    private static List<Mistake> possible(Path file) throws IOException {
        YamlMap tree = Objects.requireNonNull(new SpecComposition(ExperimentSpec.class, Dependents.NONE)
                .read(file, Specs.HOME, null, List.of(), new Problems()));
        Bound<ExperimentSpec> bound = Binder.bind(tree, ExperimentSpec.class);
        List<String> lines = Files.readAllLines(file);
        List<Mistake> all = new ArrayList<>();
        int[] number = {0};
        for (Reference reference : bound.origin().references()) {
            SourceLocation at = bound.at(reference.path());
            if (bound.part(reference.path()) instanceof String name && !name.contains("/")) {
                replace(all, "name", lines, at, name, name.replaceFirst("(?=[.@]|$)", "qq" + number[0]++));
            }
        }
        bound.value().model().values().forEach(choice -> {
            if (choice instanceof ModelChoice.Card card) {
                scalars(tree.get("model"), scalar -> {
                    if (scalar.text().equals(card.card())) {
                        replace(all, "card", lines, scalar.mark(), card.card(), card.card() + "qq" + number[0]++);
                    }
                });
            }
        });
        for (String section : List.of("dataset", "intervention", "metric", "measure", "claims")) {
            YamlTree part = tree.get(section);
            // Rankings are called what their author likes.
            Set<SourceLocation> free = new HashSet<>();
            keys(part, 0, entry -> {
                if (List.of("by", "rank-overlap").contains(entry.key()) && entry.value() instanceof YamlMap rankings) {
                    rankings.entries().values().forEach(ranking -> free.add(ranking.mark()));
                }
            });
            keys(part, section.equals("claims") ? 0 : 1, entry -> {
                if (entry.key().length() > 4 && entry.value() instanceof YamlScalar && !free.contains(entry.mark())) {
                    replace(all, "key", lines, entry.mark(), entry.key(), entry.key() + "qq");
                }
            });
            scalars(part, scalar -> {
                if (scalar.text().equals("attn.z") || scalar.text().equals("mlp_out")) {
                    replace(all, "site", lines, scalar.mark(), scalar.text(), scalar.text() + "qqqqqq" + number[0]++);
                }
            });
        }
        for (String option : List.of("rows", "seed")) {
            keys(tree.get("dataset"), 0, entry -> number(all, lines, entry, option, number[0]++));
        }
        for (String option : List.of("above", "below")) {
            keys(tree.get("claims"), 0, entry -> number(all, lines, entry, option, number[0]++));
        }
        return all.stream().distinct().collect(Collectors.toCollection(ArrayList::new));
    }

    private static void number(List<Mistake> all, List<String> lines, YamlMap.Entry entry, String option, int number) {
        if (entry.key().equals(option)
                && entry.value() instanceof YamlScalar scalar
                && scalar.kind() == YamlScalar.Kind.INTEGER) {
            replace(all, "type", lines, scalar.mark(), scalar.text(), "many" + number);
            if (entry.key().equals("rows")) {
                replace(all, "range", lines, scalar.mark(), scalar.text(), "99999999999" + number);
            }
        }
    }

    /** Notes a mistake where the text stands as it is read: in this file, without quotes. */
    private static void replace(
            List<Mistake> all, String kind, List<String> lines, SourceLocation at, String text, String word) {
        if (at.line() > lines.size() || text.isEmpty()) {
            return;
        }
        String line = lines.get(at.line() - 1);
        if (at.column() - 1 <= line.codePointCount(0, line.length())
                && line.startsWith(text, line.offsetByCodePoints(0, at.column() - 1))) {
            all.add(new Mistake(kind, at, text.length(), word));
        }
    }

    private static void scalars(YamlTree tree, java.util.function.Consumer<YamlScalar> to) {
        if (tree instanceof YamlScalar scalar) {
            to.accept(scalar);
        } else if (tree instanceof YamlList list) {
            list.items().forEach(item -> scalars(item, to));
        } else if (tree instanceof YamlMap map) {
            map.entries().values().forEach(entry -> scalars(entry.value(), to));
        }
    }

    /** @param names how many levels of keys are names and no options */
    private static void keys(YamlTree tree, int names, java.util.function.Consumer<YamlMap.Entry> to) {
        if (tree instanceof YamlList list) {
            list.items().forEach(item -> keys(item, names, to));
        } else if (tree instanceof YamlMap map) {
            map.entries().values().forEach(entry -> {
                if (names == 0) {
                    to.accept(entry);
                }
                // Its keys are axes, of which nothing is known where the measurement is not.
                if (entry.key().equals("where")) {
                    return;
                }
                keys(entry.value(), Math.max(0, names - 1), to);
            });
        }
    }
}
