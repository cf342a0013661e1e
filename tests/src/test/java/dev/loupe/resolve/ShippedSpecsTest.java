package dev.loupe.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.failure.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every experiment that is shipped passes every check that needs no weights, in every variant. */
class ShippedSpecsTest {

    @TestFactory
    Stream<DynamicTest> checks() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Specs.HOME.resolve("experiments"))) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                tests.add(test(file, null));
                Specs.variants(file).forEach(variant -> tests.add(test(file, variant)));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static DynamicTest test(Path file, @Nullable String variant) {
        String name = Specs.HOME.relativize(file) + (variant == null ? "" : " --variant " + variant);
        return DynamicTest.dynamicTest(name, () -> {
            try {
                SpecFile.Checked checked = Specs.file(file, variant).check();
                assertThat(checked.whole().outputs())
                        .containsOnlyKeys(checked.experiment().measure().keySet());
            } catch (EnvironmentException e) {
                System.out.println("not checked, its model is not at hand: " + name + ": " + e.getMessage());
                Assumptions.abort(e.getMessage());
            } catch (dev.loupe.schema.problem.SpecException e) {
                // A model that only LOUPE_MODELS can give.
                boolean missing = e.problems().stream().allMatch(p -> p.code().equals("unknown-model"));
                if (!missing || System.getenv("LOUPE_MODELS") != null) {
                    throw e;
                }
                System.out.println("not checked, LOUPE_MODELS is not set: " + name + ": " + e.getMessage());
                Assumptions.abort(e.getMessage());
            }
        });
    }
}
