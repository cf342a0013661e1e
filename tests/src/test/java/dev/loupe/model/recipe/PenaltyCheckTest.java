package dev.loupe.model.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.TrainedCard;
import dev.loupe.model.identity.CardIdentity;
import dev.loupe.schema.problem.Problem;
import dev.loupe.schema.problem.SpecException;
import dev.loupe.tensors.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A penalty and noise in a recipe: whether they fit is found out before anything is trained. */
class PenaltyCheckTest {
    private static final String CARD = """
            card: trained
            title: Mine
            architecture:
              transformer: {n_layers: 2, d_model: 4, n_heads: 2, n_ctx: 16, d_vocab: 12, d_mlp: 6, act_fn: gelu}
            recipe:
              data: {generator: repeated-tokens, period: 2..5, length: 16}
              batch: 16
              steps: 30
              optimizer: {kind: sgd, learning-rate: 1e-3}
              seeds: [0]
            """;
    private static final String PENALTY = CARD
            + "  penalty: {site: L1.resid_post, direction: {tensor: {file: d.safetensors, name: four}}, weight: 2}\n";
    private static final String NUMBERS =
            PENALTY.replace("{tensor: {file: d.safetensors, name: four}}", "{numbers: [0, 3, 0, -4]}");

    @TempDir
    Path folder;

    @BeforeEach
    void directions() throws IOException {
        new SafetensorsWriter()
                .floats("four", new long[] {4}, new float[] {0, 3, 0, -4})
                .floats("six", new long[] {6}, new float[] {1, 1, 1, 1, 1, 1})
                .floats("two", new long[] {2, 4}, new float[] {1, 0, 0, 0, 0, 3, 0, -4})
                .floats("nothing", new long[] {4}, new float[4])
                .floats("broken", new long[] {4}, new float[] {1, Float.NaN, 0, 0})
                .write(folder.resolve("d.safetensors"));
    }

    private List<String> problems(String text) throws IOException {
        Path card = Files.writeString(folder.resolve("mine.yaml"), text);
        SpecException e = catchThrowableOfType(SpecException.class, () -> CardFile.read(card));
        return e == null
                ? List.of()
                : e.problems().stream()
                        .map(Problem::toString)
                        .map(p -> p.substring(p.indexOf(".yaml:") + ".yaml:".length()))
                        .toList();
    }

    private CardFile read(String text) throws IOException {
        return CardFile.read(Files.writeString(folder.resolve("mine.yaml"), text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "L1.resid_post|L1.resid_post",
                "L1.resid_post|blocks.0.hook_resid_mid",
                "L1.resid_post|ln_final.normalized",
                "L1.resid_post|L0.mlp_in",
                "'L1.resid_post, direction: {tensor: {file: d.safetensors, name: four}}'|'L0.mlp.post, direction: {tensor: {file: d.safetensors, name: six}}'",
                "name: four|'name: two, at: 1'",
            })
    void whatFitsIsRead(String here, String there) throws IOException {
        assertThat(problems(PENALTY.replace(here, there))).isEmpty();
        assertThat(problems(PENALTY + "  embedding-noise: 0.5\n")).isEmpty();
    }

    @Test
    void theDirectionHasLengthOne() throws IOException {
        String large = NUMBERS.replace("0, 3, 0, -4", "0, 3e300, 0, -4e300");
        String small = NUMBERS.replace("0, 3, 0, -4", "0, 3e-300, 0, -4e-300");
        for (String card : List.of(PENALTY, NUMBERS, large, small)) {
            Penalty penalty = ((TrainedCard) read(card).card()).recipe().penalty();
            assertThat(Objects.requireNonNull(penalty).unit())
                    .containsExactly(new float[] {0, .6f, 0, -.8f}, within(1e-7f));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "L1.resid_post|L1.resid_pots|11:19 error[invalid-value] there is no hook point `L1.resid_pots`; did you mean `L1.resid_post`?",
                "L1.resid_post|resid_post|11:19 error[invalid-value] `resid_post` is a hook point of every layer: name one of them, such as `L0.resid_post`",
                "L1.resid_post|nonsense|11:19 error[invalid-value] there is no hook point `nonsense`; `loupe list` prints all of them",
                "L1.resid_post|L2.resid_post|11:19 error[bad-value] this network has no hook point `blocks.2.hook_resid_post`: it has 2 layers, counted from 0",
                "L1.resid_post|L1.mlp.mid|11:19 error[bad-value] this network has no hook point `blocks.1.mlp.hook_mid`",
                "L1.resid_post|L1.attn.z|11:19 error[bad-value] `blocks.1.attn.hook_z` has no directions",
                "L1.resid_post|L1.mlp.post|11:43 error[bad-value] the direction has 4 numbers, but `blocks.1.mlp.hook_post` is 6 wide",
                "name: four|name: six|11:45 error[bad-value] the direction has 6 numbers, but `blocks.1.hook_resid_post` is 4 wide",
                "name: four|name: two|11:45 error[bad-value] tensor `two` of d.safetensors has the shape [2, 4], but a direction has one axis",
                "name: four|name: fuor|11:45 error[bad-value]",
                "name: four|name: nothing|11:45 error[bad-value] tensor `nothing` of d.safetensors is zero everywhere",
                "name: four|name: broken|11:45 error[bad-value] tensor `broken` of d.safetensors has the number NaN",
                "'{tensor: {file: d.safetensors, name: four}}'|'{numbers: []}'|11:45 error[bad-value] the direction has 0 numbers",
                "file: d.safe|file: e.safe|11:45 error[bad-value] `e.safetensors` is not a file in",
                "file: d.safe|file: ../d.safe|11:45 error[bad-value] `../d.safetensors` is outside the folder",
                "weight: 2|weight: 0|11:98 error[out-of-range] `weight` must be above 0, not 0.0",
                "weight: 2|weight: -1|11:98 error[out-of-range] `weight` must be above 0, not -1.0",
                "weight: 2|weight: .inf|11:98 error[out-of-range] .inf is not a finite number",
                "', weight: 2'|''|error[missing-key] `penalty` needs `weight`",
            })
    void whatDoesNotFit(String right, String wrong, String said) throws IOException {
        assertThat(problems(PENALTY.replace(right, wrong)))
                .singleElement()
                .asString()
                .contains(said);
    }

    @Test
    void everyProblemIsFoundAtOnce() throws IOException {
        assertThat(problems(PENALTY.replace("L1.resid_post", "L5.resid_post")
                                .replace("name: four", "name: nothing")
                                .replace("weight: 2", "weight: 0")
                        + "  embedding-noise: -1\n"))
                .satisfiesExactlyInAnyOrder(
                        p -> assertThat(p).contains("no hook point"),
                        p -> assertThat(p).contains("gives no direction"),
                        p -> assertThat(p).contains("`weight` must be above 0"),
                        p -> assertThat(p).contains("12:20 error[out-of-range] `embedding-noise`", "at least 0"));
    }

    @Test
    void networksWithoutTokensHaveNeither() throws IOException {
        String toy = """
                card: trained
                title: Toy
                architecture: {toy-autoencoder: {features: 5, hidden: 2}}
                recipe:
                  data: {generator: sparse-features, features: 5, sparsity: [0.7]}
                  batch: 16
                  steps: 30
                  optimizer: {kind: sgd, learning-rate: 1e-3}
                  seeds: [0]
                """;
        assertThat(problems(toy + "  embedding-noise: 0.1\n"))
                .singleElement()
                .asString()
                .contains("10:20 error[ignored-key] `embedding-noise` is for transformers; leave it out");
        assertThat(problems(
                        toy + "  penalty: {site: L0.resid_post, direction: {numbers: [1, 1, 1, 1, 1]}, weight: 1}\n"))
                .singleElement()
                .asString()
                .contains("10:12 error[ignored-key] `penalty` is for transformers; leave it out");
    }

    /** The numbers of the direction decide on the weights, not the file that they lie in nor how the hook point is spelled. */
    @Test
    void theIdentityHasTheNumbers() throws IOException {
        String own = identity(PENALTY);
        assertThat(identity(NUMBERS)).as("the same numbers in the card").isEqualTo(own);
        assertThat(identity(PENALTY.replace("name: four", "name: two, at: 1")))
                .as("the same numbers elsewhere in the file")
                .isEqualTo(own);
        assertThat(identity(PENALTY.replace("L1.resid_post", "blocks.1.hook_resid_post")))
                .as("the same hook point")
                .isEqualTo(own);
        assertThat(identity(CARD + "  embedding-noise: 0\n")).as("no noise").isEqualTo(identity(CARD));
        assertThat(List.of(
                        own,
                        identity(CARD),
                        identity(PENALTY.replace("name: four", "name: two, at: 0")),
                        identity(PENALTY.replace("L1.resid_post", "L0.resid_post")),
                        identity(PENALTY.replace("weight: 2", "weight: 3")),
                        identity(CARD + "  embedding-noise: 0.5\n"),
                        identity(CARD + "  embedding-noise: 0.6\n"),
                        identity(PENALTY + "  embedding-noise: 0.5\n")))
                .doesNotHaveDuplicates();
    }

    private String identity(String text) throws IOException {
        return CardIdentity.of(read(text), 0).hash();
    }
}
