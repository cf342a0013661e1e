package dev.loupe.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.loupe.model.card.CardFile;
import dev.loupe.resolve.model.ModelCatalog;
import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.SpecException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key that has no effect is an error where it stands, and the same key is welcome where it has an effect. */
class IgnoredKeysTest {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");

    @TempDir
    Path folder;

    private List<String> problems(String yaml) throws IOException {
        Path spec = Files.writeString(folder.resolve("spec.yaml"), yaml);
        SpecException e = catchThrowableOfType(
                SpecException.class,
                () -> new SpecFile(
                                spec,
                                folder,
                                null,
                                List.of(),
                                new ModelCatalog(List.of(PARITY, Specs.HOME.resolve("models"))))
                        .check());
        return e == null
                ? List.of()
                : e.problems().stream().map(Problem::toString).toList();
    }

    /** A model folder has one set of weights: there are no seeds to choose from. */
    @Test
    void seedsOfAModelThatIsNotTrainedHere() throws IOException {
        String spec = """
                loupe: 1
                model:
                  card: gpt2
                  seeds: [0, 1]
                dataset: {generator: tokens, ids: [[1, 2, 3]]}
                metric: loss
                """;
        assertThat(problems(spec)).singleElement().asString().contains("spec.yaml:3", "`seeds` applies to models");
        assertThat(problems(spec.replace("  seeds: [0, 1]\n", ""))).isEmpty();
    }

    /** The word is told; what was meant by it gives the option its effect, and an option of another word stays ignored. */
    @Test
    void anOptionOfAMisspelledWordIsNotCalledIgnored() throws IOException {
        String spec = """
                loupe: 1
                model:
                  plain: {card: lang-gelu-1l, seeds: [0]}
                  default: {dictionary: lang-gelu-1l/dictionaries/resid-post-0, of: plain}
                dataset: {generator: planted-language, rows: 8, seed: 1}
                metric: {nats: loss}
                measure:
                  kept: {dictionary-quality: loss-recoverd, read: nats}
                """;
        assertThat(problems(spec))
                .singleElement()
                .asString()
                .contains("spec.yaml:8:", "`loss-recoverd`", "did you mean `loss-recovered`?");
        assertThat(problems(spec.replace("loss-recoverd", "density")))
                .anySatisfy(problem -> assertThat(problem).contains("`read` has no effect here"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"dataset: default", "interval: {level: 0.9}", "chance: {shuffled-tokens: {times: 5, seed: 1}}"})
    void rowsOfAMeasurementOfWeights(String option) throws IOException {
        String spec = """
                loupe: 1
                model: {card: gpt2}
                dataset: {generator: tokens, ids: [[1, 2, 3]]}
                measure:
                  through:
                    composition: Q
                    OPTION
                """;
        assertThat(problems(spec.replace("OPTION", option)))
                .singleElement()
                .asString()
                .contains("spec.yaml:7", "has no effect here: this measurement reads only weights");
        assertThat(problems(spec.replace("OPTION", "title: Q"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rows: 8|decay: cosine|`rows` has no effect here",
                "seed: 8|decay: cosine|`seed` has no effect here",
                "distribution: binary|floor: 0.1|`floor` has no effect here",
                "distribution: binary|loss-on|`loss-on` names token positions",
            })
    void ofRecipes(String data, String schedule, String said) throws IOException {
        String card = """
                loupe: 1
                card: trained
                title: Toy
                architecture: {toy-autoencoder: {features: 5, hidden: 2}}
                recipe:
                  data: {generator: sparse-features, features: 5, DATA}
                  batch: 8
                  steps: 4
                  optimizer: {kind: adam, learning-rate: 1e-2}
                  schedule: {SCHEDULE}
                  seeds: [0]
                """.replace("DATA", data);
        String text = schedule.contains("loss-on")
                ? card.replace("SCHEDULE", "decay: cosine") + "  loss-on: END\n"
                : card.replace("SCHEDULE", schedule);
        Path file = Files.writeString(folder.resolve("toy.yaml"), text);
        SpecException e = catchThrowableOfType(SpecException.class, () -> CardFile.read(file));
        assertThat(e).as(text).isNotNull();
        assertThat(e.problems()).singleElement().asString().contains(said);
    }
}
