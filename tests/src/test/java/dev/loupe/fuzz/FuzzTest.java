package dev.loupe.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever becomes of a file, it is read or refused in plain words, quickly and within the memory that its bytes warrant.
 * {@code -Dloupe.fuzz.mutants=100000} makes as many mutants of each kind of file, {@code -Dloupe.fuzz.seed=2} others; see
 * docs/fuzzing.md.
 */
class FuzzTest {
    private static final int MUTANTS = Integer.getInteger("loupe.fuzz.mutants", 60);
    private static final long SEED = Long.getLong("loupe.fuzz.seed", 1);

    @TestFactory
    Stream<DynamicTest> mutantsAreReadOrRefused() throws IOException {
        // Outlives this method, unlike the folder of one test.
        Path own = Files.createTempDirectory("loupe-fuzz-");
        List<FuzzTarget> targets = FuzzTargets.all(own);
        String only = System.getProperty("loupe.fuzz.only", "");
        return targets.stream()
                .filter(target -> target.name().contains(only))
                .map(target -> DynamicTest.dynamicTest(target.name(), () -> check(target, own)))
                .onClose(() -> delete(own));
    }

    private static void check(FuzzTarget target, Path own) throws IOException {
        for (byte[] seed : target.seeds()) {
            Files.write(own.resolve(target.file()), target.wrap().apply(seed.clone()));
            try {
                target.reader().read(own);
            } catch (Exception e) {
                throw new AssertionError("the file that mutants are made of is not read", e);
            }
        }
        Fuzzing.Tally tally = Fuzzing.run(target, own, MUTANTS, SEED);
        System.out.printf(
                Locale.ROOT,
                "fuzz %s, seed %d: %d tried, %d refused, %d accepted, %d escapes, %.1f s%n",
                target.name(),
                SEED,
                tally.tried(),
                tally.refused(),
                tally.accepted(),
                tally.escaped(),
                tally.seconds());
        tally.escapes()
                .forEach((kind, escape) ->
                        System.out.printf(Locale.ROOT, "  %s: mutant %d, %s%n", kind, escape.number(), escape.said()));
        assertThat(tally.escapes().keySet()).isEmpty();
        assertThat(tally.refused()).isPositive();
    }

    private static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.sorted(java.util.Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
