package dev.loupe.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.loupe.schema.problem.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file of {@code specs/invalid} gives exactly the problems beside it, all at once. With {@code -Dloupe.golden=write}
 * they are written instead of compared.
 */
class InvalidSpecsTest {
    private static final Path FOLDER = Specs.HOME.resolve("tests/src/test/resources/specs/invalid");

    @TempDir
    Path temporary;

    @TestFactory
    Stream<DynamicTest> givesItsProblems() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> specs =
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
            assertThat(specs).hasSizeGreaterThan(15);
            return specs.stream()
                    .map(f -> DynamicTest.dynamicTest(f.getFileName().toString(), () -> check(f)));
        }
    }

    private static void check(Path file) throws IOException {
        Path expected = Path.of(file.toString().replace(".yaml", ".problems"));
        String found = problems(file).replace(FOLDER + "/", "").replace(Specs.HOME + "/", "");
        if ("write".equals(System.getProperty("loupe.golden"))) {
            Files.writeString(expected, found + "\n");
        }
        assertThat(found).isEqualTo(Files.readString(expected).strip());
    }

    private static String problems(Path file) {
        SpecException e = catchThrowableOfType(
                SpecException.class, () -> new SpecFile(file, FOLDER, null, List.of(), Specs.catalog()).check());
        assertThat(e).as("problems of " + file).isNotNull();
        return String.valueOf(e.getMessage());
    }

    @Test
    void anUnknownVariantNamesTheNearest() throws IOException {
        Path file = Files.writeString(temporary.resolve("a.yaml"), """
                loupe: 1
                model: {plant: heads}
                dataset: {generator: repeated-tokens, period: 4..7, length: 16, rows: 8, seed: 1}
                metric: loss
                variants: {short: {dataset: {rows: 2}}}
                """);
        SpecException e = catchThrowableOfType(
                SpecException.class, () -> new SpecFile(file, temporary, "shrt", List.of(), Specs.catalog()).check());
        assertThat(e.getMessage()).contains("shrt", "short");
    }

    @Test
    void aHugeFileOfBracketsIsOneProblem() throws IOException {
        Path file = Files.writeString(temporary.resolve("b.yaml"), "[".repeat(5_000_000));
        assertThat(problems(file).lines()).hasSize(1).first().asString().contains("b.yaml");
        Path maps = Files.writeString(temporary.resolve("c.yaml"), "{a: ".repeat(100_000));
        assertThat(problems(maps).lines()).hasSize(1);
    }
}
