package dev.loupe.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.loupe.analysis.Analysis;
import dev.loupe.claim.Expression;
import dev.loupe.dataset.Dataset;
import dev.loupe.intervention.Intervention;
import dev.loupe.intervention.value.AblationValue;
import dev.loupe.metric.Metric;
import dev.loupe.metric.direction.DirectionChoice;
import dev.loupe.metric.reading.TokenSet;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Groups;
import dev.loupe.schema.yaml.YamlTree;
import dev.loupe.schema.yaml.YamlWriter;
import dev.loupe.spec.ModelChoice;
import dev.loupe.spec.chance.NullChoice;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example in the documentation is a test: it binds, and what it resolves to binds to the same record. */
class ExamplesTest {
    private static final List<Class<?>> CHOICES = List.of(
            Dataset.class,
            Intervention.class,
            AblationValue.class,
            DirectionChoice.class,
            Metric.class,
            TokenSet.class,
            Analysis.class,
            NullChoice.class,
            ModelChoice.class,
            Expression.class);

    static Stream<Class<?>> choices() {
        return CHOICES.stream();
    }

    static Stream<Class<?>> withExample() {
        return new ClassFileImporter()
                .withImportOption(new DoNotIncludeTests()).importPackages("dev.loupe").stream()
                        .filter(type -> type.isAnnotatedWith(Example.class))
                        .sorted(Comparator.comparing(JavaClass::getName))
                        .map(JavaClass::reflect);
    }

    @ParameterizedTest
    @MethodSource("withExample")
    void theExampleBindsAndComesBackEqual(Class<?> type) {
        Class<?> choice = Arrays.stream(type.getInterfaces())
                .filter(Class::isSealed)
                .findFirst()
                .map(ExamplesTest::whole)
                .orElse(type);
        Object bound = bind(type.getAnnotation(Example.class).value(), choice);
        assertThat(bound).isInstanceOf(type);
        String resolved = YamlWriter.write(ResolvedYaml.tree(bound, choice));
        assertThat(bind(resolved, choice)).as(resolved).isEqualTo(bound);
    }

    @ParameterizedTest
    @MethodSource("choices")
    void everyRecordOfAChoiceHasDocAndExample(Class<?> choice) {
        assertThat(TypeCatalog.of(choice)).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.doc()).as(entry.word()).isNotBlank();
            assertThat(entry.example()).as(entry.word()).isNotNull();
            assertThat(entry.options())
                    .allSatisfy(
                            option -> assertThat(option.doc()).as(option.key()).isNotBlank());
        });
    }

    /** The open interface of which a sealed one is a group, or itself. */
    private static Class<?> whole(Class<?> group) {
        return Arrays.stream(group.getInterfaces())
                .filter(open -> open.isAnnotationPresent(Groups.class))
                .findFirst()
                .orElse(group);
    }

    private static Object bind(String yaml, Class<?> type) {
        return Binder.bind(YamlTree.parse(yaml, type.getSimpleName()), type).value();
    }
}
