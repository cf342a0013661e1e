package dev.loupe.resolve;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.schema.DataFile;
import dev.loupe.schema.DataFiles;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.spec.DictionaryPlace;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No option can name a file of the spec's folder without the file's bytes becoming part of a run's identity. */
class DataFilesTest {
    private static final String[] LANGUAGE = {
        "dev.loupe.spec",
        "dev.loupe.dataset",
        "dev.loupe.metric",
        "dev.loupe.intervention",
        "dev.loupe.analysis",
        "dev.loupe.claim"
    };
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages(LANGUAGE);
    private static final Pattern NAMES_A_FILE = Pattern.compile("(?i)\\bfile below the folder\\b|\\bfile\\.$");

    static Stream<RecordComponent> options() {
        return CLASSES.stream()
                .map(c -> (Class<?>) c.reflect())
                .filter(Class::isRecord)
                .flatMap(c -> Arrays.stream(c.getRecordComponents()))
                .filter(DataFilesTest::namesFile);
    }

    /** By its key, or by the words of its documentation. */
    private static boolean namesFile(RecordComponent option) {
        Doc doc = option.getAnnotation(Doc.class);
        String key = option.getName().toLowerCase(java.util.Locale.ROOT);
        // Folders of weights are known by the hash of their tensors, as those of models are.
        boolean weights = option.getDeclaringRecord().getEnclosingClass() == DictionaryPlace.class;
        boolean named = key.contains("file") || key.contains("path") && option.getType() == String.class && !weights;
        return doc != null && (named || NAMES_A_FILE.matcher(doc.value()).find());
    }

    @Test
    void thereAreSuchOptions() {
        assertThat(options().map(o -> o.getDeclaringRecord().getSimpleName()))
                .contains("Prompts", "Text", "Tokens", "FromFile");
    }

    @ParameterizedTest
    @MethodSource("options")
    void anOptionThatNamesAFileHasTheTypeThatIdentityKnows(RecordComponent option) {
        String type = option.getGenericType().getTypeName();
        assertThat(type.contains(DataFile.class.getName()) || type.contains(DataFiles.class.getName()))
                .as("%s", option)
                .isTrue();
    }

    @Test
    void onlyOneClassOpensThem() {
        DescribedPredicate<JavaCall<?>> makesPaths = DescribedPredicate.describe(
                "makes a path",
                call -> call.getTargetOwner().isEquivalentTo(Path.class)
                        && List.of("of", "resolve", "resolveSibling").contains(call.getName()));
        noClasses()
                .that(DescribedPredicate.not(type(Sources.class)))
                .and(nameMatching("dev\\.loupe\\..*"))
                .should()
                .callMethodWhere(makesPaths)
                .orShould()
                .callConstructor(java.io.File.class, String.class)
                .because("a file that is not asked for by the type that identity knows could change unseen")
                .check(CLASSES);
    }
}
