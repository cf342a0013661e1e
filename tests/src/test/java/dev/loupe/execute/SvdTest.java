package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.result.TokenRankings;
import dev.loupe.schema.problem.SpecException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Singular values, eigenvalues and tokens of directions, against svd.json: TransformerLens 3.9's SVDInterpreter, and torch's
 * decompositions of whole matrices in double precision, of the model beside it.
 */
class SvdTest {
    private static final Path MODEL = Specs.HOME.resolve("tests/src/test/resources/parity/tl-solu");

    @TempDir
    Path folder;

    private Laboratory asking(String processing, String measure) {
        return new Laboratory(folder, """
                loupe: 1
                model: {folder: "%s", processing: %s}
                dataset: {generator: repeated-tokens, period: 3, length: 8, rows: 2, seed: 1}
                measure:
                """.formatted(MODEL, processing) + measure.indent(2));
    }

    private static String steps(String name) {
        return name.equals("raw") ? "[]" : "[fold-ln, center-writing, center-unembed, fold-value-biases]";
    }

    private static JsonNode expected() throws IOException {
        return new ObjectMapper().readTree(MODEL.resolve("svd.json").toFile());
    }

    @ParameterizedTest
    @CsvSource({"raw, L0H1, 0 1", "raw, L1H2, 1 2", "processed, L0H1, 0 1", "processed, L1H2, 1 2"})
    void spectraAreThoseOfTheWholeMatrices(String processing, String head, String key) throws IOException {
        RunResult result;
        try (Laboratory lab = asking(steps(processing), """
                ov: {svd: OV, heads: [%1$s], draws: 2}
                qk: {svd: QK, heads: [%1$s], draws: 2}
                symmetric: {svd: QK-symmetric, heads: [%1$s], draws: 2}
                ov-tokens: {svd: OV, heads: [%1$s], between: embeddings, draws: 2}
                qk-tokens: {svd: QK, heads: [%1$s], between: embeddings, draws: 2}
                symmetric-tokens: {svd: QK-symmetric, heads: [%1$s], between: embeddings, draws: 2}
                """.formatted(head))) {
            result = lab.result();
        }
        JsonNode all = expected();
        close(result, "ov", all.get(processing + " S OV " + key));
        close(result, "qk", all.get(processing + " S QK " + key));
        close(result, "symmetric", all.get(processing + " sym " + key));
        close(result, "ov-tokens", all.get(processing + " S OV emb " + key));
        close(result, "qk-tokens", all.get(processing + " S QK emb " + key));
        close(result, "symmetric-tokens", all.get(processing + " sym emb " + key));
    }

    /** Within 1e-5 of the largest: activations before the product are float32. */
    private static void close(RunResult result, String name, JsonNode expected) {
        NamedArray spectrum = Laboratory.numbers(result, name).at("svd_head", 0).at("weights", 0);
        assertThat(spectrum.data()).hasSize(expected.size());
        double scale = Math.max(1, Math.abs(expected.get(0).asDouble()));
        for (int i = 0; i < expected.size(); i++) {
            assertThat(spectrum.data()[i])
                    .as(name + " " + i)
                    .isEqualTo(expected.get(i).asDouble(), within(1e-5 * scale));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "svd-tokens: OV, heads: [L0H1] | writes (+) | OV 0 1",
                "svd-tokens: OV, heads: [L1H2] | writes (+) | OV 1 2",
                "svd-tokens: W_in, layers: [0] | most | w_in 0 None",
                "svd-tokens: W_out, layers: [1] | most | w_out 1 None"
            })
    void tokensOfDirectionsAreSvdInterpreters(String asked, String group, String key) throws IOException {
        for (String processing : new String[] {"raw", "processed"}) {
            RunResult result;
            try (Laboratory lab = asking(steps(processing), "t: {" + asked + ", directions: 2, top: 61}\n")) {
                result = lab.result();
            }
            TokenRankings found = (TokenRankings) result.artifacts().get(0);
            JsonNode all = expected().get(processing + " " + key);
            for (int i = 0; i < 2; i++) {
                JsonNode logits = all.get(i);
                TokenRankings.Group tokens = found.rankings().get(i).groups().stream()
                        .filter(g -> g.title().equals(group))
                        .findFirst()
                        .orElseThrow();
                assertThat(tokens.entries()).hasSize(logits.size());
                TokenRankings.Entry first = tokens.entries().get(0);
                // SVDInterpreter leaves the sign to the library.
                double sign = Math.signum(
                        logits.get(first.id()).asDouble() * first.values().get(0));
                for (TokenRankings.Entry entry : tokens.entries()) {
                    assertThat(entry.values().get(0))
                            .isEqualTo(sign * logits.get(entry.id()).asDouble(), within(5e-5));
                }
            }
        }
    }

    @Test
    void randomFactorsHaveTheSameNormsAndAreTheSeedsAlone() {
        NamedArray first;
        NamedArray again;
        NamedArray other;
        try (Laboratory lab = asking("[]", """
                a: {svd: QK, heads: [L0H0, L0H1], draws: 8, seed: 5}
                b: {svd: QK, heads: [L0H0, L0H1], draws: 8, seed: 5, between: residual}
                c: {svd: QK, heads: [L0H0, L0H1], draws: 8, seed: 6}
                """)) {
            RunResult result = lab.result();
            first = Laboratory.numbers(result, "a");
            again = Laboratory.numbers(result, "b");
            other = Laboratory.numbers(result, "c");
        }
        assertThat(again).isEqualTo(first);
        assertThat(other.at("weights", 0)).isEqualTo(first.at("weights", 0));
        assertThat(other.at("weights", 1)).isNotEqualTo(first.at("weights", 1));
        // The model's weights are random too, so that chance is what they show.
        double[] measured = first.at("svd_head", 0).at("weights", 0).data();
        double[] random = first.at("svd_head", 0).at("weights", 1).data();
        double squares = IntStream.range(0, measured.length)
                .mapToDouble(i -> measured[i] * measured[i])
                .sum();
        double expected = IntStream.range(0, random.length)
                .mapToDouble(i -> random[i] * random[i])
                .sum();
        assertThat(expected / squares).isBetween(0.7, 1.4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{svd: OV, heads: [L9H0]} | L9H0",
                "{svd: OV, heads: []} | name at least one head",
                "{svd-tokens: OV, layers: [0]} | name the heads",
                "{svd-tokens: W_in, layers: [7]} | no layer 7",
                "{svd-tokens: W_in, heads: [L0H0]} | name the layers",
                "{svd-tokens: QK, heads: [L0H0], between: residual} | `between` must be `embeddings`"
            })
    void whatCannotBeAskedIsToldBeforeAnythingLoads(String measurement, String message) {
        assertThatThrownBy(() -> asking("[]", "w: " + measurement + "\n"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(message);
    }
}
