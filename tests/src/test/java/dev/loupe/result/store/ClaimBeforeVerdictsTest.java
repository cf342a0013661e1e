package dev.loupe.result.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Verdict;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Claims as results.json had them when they passed or failed. */
class ClaimBeforeVerdictsTest {
    private static ClaimResult read(String rest) throws IOException {
        return ResultJson.claimBeforeVerdicts(
                new ObjectMapper().readTree("{\"say\": \"s\", \"where\": null, \"because\": null, " + rest + "}"));
    }

    @Test
    void whatFailedByItsBoundIsToldApart() throws IOException {
        String open =
                "\"pass\": false, \"expected\": \"below -0.4\", \"observed\": -0.771, \"interval\": [-1.137, -0.353],"
                        + " \"by\": \"bound\", \"parts\": []";
        assertThat(read(open).verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(read(open).level()).isEqualTo(.95);
        assertThat(read(open.replace("-1.137", "-0.399")).verdict()).isEqualTo(Verdict.REFUTED);
        assertThat(read(open.replace("\"bound\"", "\"estimate\"").replace("-0.771", "-0.39"))
                        .verdict())
                .isEqualTo(Verdict.REFUTED);
        assertThat(read(open.replace("-0.771", "\"NaN\"")).verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void ofSeveralModelsTheOneAtTheNeededPlaceDecides() throws IOException {
        ClaimResult claim = read("\"pass\": true, \"expected\": \"below 0.5\", \"observed\": 4.0, \"interval\": null,"
                + " \"by\": \"estimate, 1 of 3\", \"parts\": ["
                + "{\"unit\": \"seed 0\", \"pass\": false, \"observed\": 4.0, \"interval\": null},"
                + "{\"unit\": \"seed 1\", \"pass\": true, \"observed\": 0.1, \"interval\": null},"
                + "{\"unit\": \"seed 2\", \"pass\": false, \"observed\": 2.18, \"interval\": null}]");
        assertThat(claim.verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(claim.deciding().unit()).isEqualTo("seed 1");
        assertThat(claim.inUnits()).isEqualTo("holds in 1 of 3 seeds, refuted in 2 (1 needed); deciding: seed 1");
    }

    @Test
    void everyModelWasNeededUnlessItSaidSo() throws IOException {
        ClaimResult claim = read("\"pass\": false, \"expected\": \"above 0.5\", \"observed\": 0.2, \"interval\": null,"
                + " \"by\": \"estimate, every\", \"parts\": ["
                + "{\"unit\": \"seed 0\", \"pass\": false, \"observed\": 0.2, \"interval\": null},"
                + "{\"unit\": \"seed 1\", \"pass\": true, \"observed\": 0.9, \"interval\": null}]");
        assertThat(claim.needed()).isEqualTo(2);
        assertThat(claim.verdict()).isEqualTo(Verdict.REFUTED);
    }
}
