package dev.loupe.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.schema.problem.Notice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every experiment that is shipped passes every check that needs no weights, in every variant. */
class ShippedSpecsTest {
    private static final int MOST_LINES = 150;

    /** A key without a value: what a variant takes away. */
    private static final Pattern REMOVAL = Pattern.compile(": ~");

    @TestFactory
    Stream<DynamicTest> checks() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : Specs.shipped()) {
            tests.add(test(file, null));
            Specs.variants(file).forEach(variant -> tests.add(test(file, variant)));
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    /** A variant that has to say what it is not, or a spec that nobody reads to its end, is two specs. */
    @Test
    void areShort() throws IOException {
        long removals = 0;
        for (Path file : Specs.shipped()) {
            List<String> lines = Files.readAllLines(file);
            assertThat(lines).as(file.toString()).hasSizeLessThanOrEqualTo(MOST_LINES);
            removals += lines.stream()
                    .flatMap(line -> REMOVAL.matcher(line).results())
                    .count();
        }
        assertThat(removals).isLessThan(20);
    }

    /** Old keys and parts that nothing uses. */
    @Test
    void haveNothingToBeWarnedOf() throws IOException {
        for (Path file : Specs.shipped()) {
            assertThat(Specs.file(file, null).notices())
                    .filteredOn(notice -> notice.level() == Notice.Level.WARNING)
                    .isEmpty();
            assertThat(Specs.file(file, null).unused()).isEmpty();
        }
    }

    private static DynamicTest test(Path file, @Nullable String variant) {
        String name = Specs.HOME.relativize(file) + (variant == null ? "" : " --variant " + variant);
        return DynamicTest.dynamicTest(name, () -> {
            SpecFile.Checked checked = Specs.checkedIfItsModelIsHere(file, variant);
            assertThat(checked.whole().outputs())
                    .containsOnlyKeys(checked.experiment().measure().keySet());
        });
    }
}
