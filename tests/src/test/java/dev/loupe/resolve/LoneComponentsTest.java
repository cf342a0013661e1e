package dev.loupe.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.loupe.intervention.select.HeadName;
import dev.loupe.intervention.select.SweepAxis;
import dev.loupe.plan.ask.NeuronName;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.OneOrMany;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code heads: L5H1} is written as often as {@code heads: [L5H1]}: where one is understood, so is the other. */
class LoneComponentsTest {
    private static final Set<Class<?>> COMPONENTS = Set.of(HeadName.class, NeuronName.class, SweepAxis.class);

    @Test
    void everyListOfComponentsTakesALoneOne() {
        List<RecordComponent> options = new ClassFileImporter()
                        .withImportOption(new DoNotIncludeTests())
                        .importPackages("dev.loupe.metric", "dev.loupe.intervention", "dev.loupe.analysis")
                        .stream()
                        .map(c -> (Class<?>) c.reflect())
                        .filter(Class::isRecord)
                        .flatMap(c -> Arrays.stream(c.getRecordComponents()))
                        .filter(LoneComponentsTest::isListOfComponents)
                        .toList();
        assertThat(options).hasSizeGreaterThan(15).allMatch(option -> option.isAnnotationPresent(OneOrMany.class));
    }

    private static boolean isListOfComponents(RecordComponent option) {
        return option.isAnnotationPresent(Doc.class)
                && option.getGenericType() instanceof ParameterizedType list
                && list.getRawType() == List.class
                && (COMPONENTS.contains(list.getActualTypeArguments()[0])
                        || option.getName().equals("layers"));
    }
}
