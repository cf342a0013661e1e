package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.resolve.Specs;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Losses and heads over trainings that transformers made and saved, in llama layout and in that of GPT-NeoX, against what its own
 * models give from the same folders.
 */
class SeriesParityTest {
    private static final Path SERIES = Specs.HOME.resolve("tests/src/test/resources/series");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "llama, checkpoint-, '20..1000', '20 100 300'",
        // The folders in the order of their names would be 0, 1000, 300.
        "neox, step, '[0, 300, 1000]', '0 300 1000'"
    })
    void everyCheckpointGivesWhatTransformersGives(String name, String prefix, String asked, String steps)
            throws IOException {
        JsonNode expected =
                new ObjectMapper().readTree(SERIES.resolve("expected.json").toFile());
        String spec = """
                loupe: 1
                model: {folder: "%s", checkpoints: %s}
                dataset: {generator: tokens, ids: %s}
                metric: {loss: loss}
                measure:
                  loss: {evaluate: loss}
                  heads: {head-scores: [PREV, IND]}
                """.formatted(SERIES.resolve(name), asked, expected.get("ids"));
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, spec)) {
            result = lab.result();
        }
        NamedArray loss = Laboratory.numbers(result, "loss");
        assertThat(loss.axes().get(0).name()).isEqualTo("checkpoint");
        assertThat(loss.axes().get(0).labels()).isEqualTo(List.of(steps.split(" ")));
        for (int i = 0; i < loss.data().length; i++) {
            String step = loss.axes().get(0).labels().get(i);
            JsonNode theirs = expected.get(name + "/" + prefix + step);
            assertThat(loss.data()[i]).as(step).isEqualTo(theirs.get("loss").asDouble(), within(1e-5));
            for (String score : List.of("PREV", "IND")) {
                double[] ours = Laboratory.numbers(result, "heads." + score).data();
                for (int head = 0; head < 8; head++) {
                    assertThat(ours[8 * i + head])
                            .as("%s of head %d at step %s", score, head, step)
                            .isEqualTo(
                                    theirs.get(score)
                                            .get(head / 4)
                                            .get(head % 4)
                                            .asDouble(),
                                    within(1e-5));
                }
            }
        }
    }
}
