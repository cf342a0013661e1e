package dev.loupe.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.Registries;
import dev.loupe.dataset.repeats.RepeatedTokens;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.Sources;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.schema.Binder;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.yaml.YamlTree;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every generator of the registry. */
class RegistryTest {

    static Stream<Class<?>> generators() {
        return Registries.members(Dataset.class);
    }

    private static Dataset example(Class<?> type) {
        String yaml = type.getAnnotation(Example.class).value();
        return Binder.bind(YamlTree.parse(yaml, type.getSimpleName()), Dataset.class)
                .value();
    }

    @ParameterizedTest
    @MethodSource("generators")
    void theExampleBindsAndEveryOptionIsDocumented(Class<?> type) {
        assertThat(example(type)).isInstanceOf(type);
        assertThat(type.getAnnotation(Doc.class).value()).isNotBlank();
        for (RecordComponent option : type.getRecordComponents()) {
            assertThat(option.getAnnotation(Doc.class)).as(option.getName()).isNotNull();
        }
    }

    @ParameterizedTest
    @MethodSource("generators")
    void shardsEqualTheWholeDraw(Class<?> type) {
        if (!(example(type) instanceof TokenGenerator generator)) {
            return;
        }
        Draw draw = new Draw(256, 23, 5);
        TokenRows whole = generator.draw(draw);
        assertThat(whole.rows()).isEqualTo(23);
        assertThat(generator.draw(draw).tokens()).isDeepEqualTo(whole.tokens());
        TokenRows shard = generator.draw(draw, 9, 17);
        assertThat(shard.tokens()).isDeepEqualTo(Arrays.copyOfRange(whole.tokens(), 9, 17));
        assertThat(shard.classes().keySet()).isEqualTo(whole.classes().keySet());
        whole.classes()
                .forEach((name, marks) ->
                        assertThat(shard.classes().get(name)).isDeepEqualTo(Arrays.copyOfRange(marks, 9, 17)));
        whole.positions()
                .forEach(
                        (name, at) -> assertThat(shard.positions().get(name)).isEqualTo(Arrays.copyOfRange(at, 9, 17)));
        whole.columns()
                .forEach(
                        (name, ids) -> assertThat(shard.columns().get(name)).isEqualTo(Arrays.copyOfRange(ids, 9, 17)));
        assertThat(shard.labels().keySet()).isEqualTo(whole.labels().keySet());
        whole.labels()
                .forEach((name, label) -> assertThat(shard.label(name).values())
                        .isDeepEqualTo(Arrays.copyOfRange(label.values(), 9, 17)));
        if (whole.targets().length > 0) {
            assertThat(shard.targets()).isDeepEqualTo(Arrays.copyOfRange(whole.targets(), 9, 17));
        }
        assertThat(generator.draw(new Draw(256, 23, 6)).tokens()).isNotEqualTo(whole.tokens());
    }

    @Test
    void aSpecsRowsAreTheDrawOfItsOwnSeed() {
        RepeatedTokens generator = (RepeatedTokens) example(RepeatedTokens.class);
        assertThat(generator.read(new Sources(Path.of("."), 50)).tokens())
                .isDeepEqualTo(generator.draw(new Draw(50, 256, 1)).tokens());
    }
}
