package dev.loupe.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnusedPartsTest {
    @TempDir
    Path folder;

    private List<String> warnings(String name, String text) throws IOException {
        Path file = Files.writeString(folder.resolve(name), text);
        return new SpecFile(file, folder, null, List.of(), Specs.catalog())
                .unused().stream()
                        .map(notice ->
                                notice.mark().line() + ":" + notice.mark().column() + " " + notice.message())
                        .toList();
    }

    private static final String SPEC = """
            loupe: 1
            model:
              first: {plant: heads}
              again: {reinitialise: first, seeds: 0}
              spare: {plant: heads}
            dataset:
              a: {generator: repeated-tokens, period: 4..7, length: 16, rows: 8, seed: 1}
              b: {generator: repeated-tokens, period: 6, length: 16, rows: 8, seed: 1}
              c: {extends: b, seed: 2}
              d: {extends: c, seed: 3}
            intervention:
              off: {ablate: attn.z, over: [layer, head], with: {mean: {of: b, per: position}}}
              other: {ablate: attn.z, over: [layer, head], with: zero}
            metric: {l: {loss: {at: second-half}}, m: loss}
            measure:
              damage: {apply: off, read: l, dataset: a, model: again}
            """;

    @Test
    void whatNoMeasurementReachesIsNamedAtItsPlace() throws IOException {
        assertThat(warnings("a.yaml", SPEC))
                .containsExactly(
                        "5:10 no measurement uses the model `spare`",
                        "9:6 no measurement uses the dataset `c`",
                        "10:6 no measurement uses the dataset `d`",
                        "13:10 no measurement uses the intervention `other`",
                        "14:43 no measurement uses the metric `m`");
    }

    @Test
    void aVariantMayUseIt() throws IOException {
        assertThat(warnings("a.yaml", SPEC + """
                variants:
                  more:
                    dataset: {e: {extends: d, seed: 4}}
                    measure: {more: {apply: other, read: m, dataset: d, model: spare}}
                """)).containsExactly("19:18 no measurement uses the dataset `e`");
    }

    @Test
    void theFileThatExtendsAnotherAnswersForItsOwnPartsAlone() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), SPEC);
        assertThat(warnings("b.yaml", """
                extends: a.yaml
                metric: {n: loss}
                """)).containsExactly("2:13 no measurement uses the metric `n`");
    }

    @Test
    void nothingIsSaidWhileSomethingElseIsWrong() throws IOException {
        assertThat(warnings("a.yaml", SPEC.replace("apply: off", "aply: off"))).isEmpty();
    }

    /** Without measurements every metric is read, under the first intervention. */
    @Test
    void theShortFormUsesWhatItReads() throws IOException {
        assertThat(warnings("a.yaml", SPEC.substring(0, SPEC.indexOf("measure:"))))
                .contains("13:10 no measurement uses the intervention `other`")
                .noneMatch(warning -> warning.contains("metric") || warning.contains("`off`"));
    }
}
