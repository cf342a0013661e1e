package dev.loupe.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.schema.compose.Dependents;
import dev.loupe.schema.compose.SpecComposition;
import dev.loupe.schema.problem.Problems;
import dev.loupe.schema.yaml.YamlMap;
import dev.loupe.schema.yaml.YamlTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Small files: every one of {@code valid} binds, and every one of {@code invalid} gives the problems beside it. */
class SpecFolderTest {

    private static final Path FOLDER = Path.of("src/test/resources/schema");

    @TestFactory
    Stream<DynamicTest> validFilesBindAndComeBackEqual() throws IOException {
        return tests("valid", file -> {
            Problems problems = new Problems();
            Lab lab = bind(file, problems);
            assertThat(problems.toString()).isEmpty();
            assertThat(lab).isNotNull();
            YamlTree written = YamlTree.parse(ResolvedYaml.of(lab), "resolved");
            assertThat(Binder.bind(written, Lab.class).value()).isEqualTo(lab);
        });
    }

    @TestFactory
    Stream<DynamicTest> invalidFilesGiveTheirProblems() throws IOException {
        return tests("invalid", file -> {
            Problems problems = new Problems();
            assertThat(bind(file, problems)).isNull();
            String expected = Files.readString(Path.of(file.toString().replace(".yaml", ".problems")));
            assertThat(problems.toString().replace(file.getParent() + "/", "")).isEqualTo(expected.strip());
        });
    }

    private static Lab bind(Path file, Problems problems) {
        YamlMap tree = new SpecComposition(Lab.class, Dependents.NONE).read(file, FOLDER, null, List.of(), problems);
        Bound<Lab> bound = tree == null ? null : Binder.bind(tree, Lab.class, problems);
        return bound == null || !problems.isEmpty() ? null : bound.value();
    }

    private interface Check {
        void on(Path file) throws IOException;
    }

    private static Stream<DynamicTest> tests(String folder, Check check) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            List<Path> specs =
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
            assertThat(specs).hasSizeGreaterThanOrEqualTo(8);
            return specs.stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check.on(file)));
        }
    }
}
