package dev.loupe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.cli.terminal.ExitCode;
import dev.loupe.cli.terminal.Session;
import dev.loupe.cli.terminal.Terminal;
import dev.loupe.cli.terminal.WatchedOutput;
import dev.loupe.model.ModelsAtHand;
import dev.loupe.progress.Progress;
import dev.loupe.progress.StopSignal;
import dev.loupe.resolve.Specs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@code loupe rows}: what a reader sees of a dataset. */
class RowsCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private ExitCode run(String... words) {
        WatchedOutput sink = new WatchedOutput(out);
        Terminal terminal = new Terminal(
                new PrintStream(sink, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                sink,
                false,
                false,
                false,
                100);
        return new Main(new Session(terminal, Progress.silent(), new StopSignal(), environment()), Commands.all())
                .run(List.of(words));
    }

    private static Map<String, String> environment() {
        String models = System.getenv("LOUPE_MODELS");
        return models == null ? Map.of() : Map.of("LOUPE_MODELS", models);
    }

    private Path spec(String dataset) throws IOException {
        String model =
                Specs.HOME.resolve("tests/src/test/resources/parity/gpt2").toString();
        return Files.writeString(folder.resolve("spec.yaml"), """
                        loupe: 1
                        model: {folder: "%s"}
                        dataset:
                          pairs: %s
                          plain: {generator: tokens, ids: [[1, 2], [3, 4, 5]]}
                        metric: {loss: {at: everywhere, answers: first}}
                        """.formatted(model, dataset));
    }

    @Test
    void aPairIsShownWithWhatDiffersAndWhatIsAsked() throws IOException {
        Files.writeString(folder.resolve("p.json"), """
                        {"word_idxs": {"IO": 2, "S": 1}, "prompts": [
                          {"clean": [7, 8, 9, 7], "corrupt": [7, 5, 9, 6], "answers": [1, 2], "wrong_answers": [3]},
                          {"clean": [7, 8, 4, 7], "corrupt": [7, 8, 4, 7], "answers": [2], "wrong_answers": [4]}]}
                        """);
        Path spec = spec("{generator: prompts, file: p.json, bos: none}");
        assertThat(run("rows", spec.toString()))
                .as(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("""
                2 rows of 4 tokens, no BOS token
                  0  7|8|9|7
                     7|5|9|6
                     differ at 1, 3
                     positions: S 1 8, IO 2 9, END 3 7
                     answer: 1, 2
                     wrong: 3
                     class answer: 3
                  1  7|8|4|7
                     7|8|4|7
                     the counterpart is equal
                """)
                .contains("2 rows of 2 to 3 tokens")
                .contains("  0  1|2\n     positions: END 1 2\n");
    }

    @Test
    void oneDatasetAndFewRowsCanBeAskedFor() throws IOException {
        Path spec = spec("{generator: tokens, ids: [[1, 2], [3, 4]], corrupted: [[1, 3], [3]]}");
        assertThat(run("rows", spec.toString(), "--dataset", "pairs", "--rows", "1"))
                .isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("  and 1 more\n")
                .doesNotContain("plain");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("row 1 has 2 tokens, but its corrupted counterpart 1");
        assertThat(run("rows", spec.toString(), "--dataset", "other")).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("the spec has pairs, plain");
    }

    /** What a matrix of a head is needs no rows: the spec runs without any, and there are none to show. */
    @Test
    void aSpecOfWeightsAloneHasNone() throws IOException {
        Path spec = Files.writeString(folder.resolve("weights.yaml"), """
                loupe: 1
                question: What does the head write?
                model: {plant: neurons, decoys: 20, seed: 3}
                measure: {spectrum: {svd: OV, heads: [L0H0]}}
                """);
        assertThat(run("rows", spec.toString())).isEqualTo(ExitCode.INPUT_WRONG);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("the spec has no dataset: what it measures reads weights alone");
        assertThat(run("run", spec.toString(), "--out", folder.resolve("runs").toString()))
                .isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(folder.resolve("runs/weights/report.html")).content().contains("Computed from weights alone");
    }

    /** Ids alone have no counterparts, and nobody asked for any. */
    @Test
    void whatHasNoCounterpartsIsShownWithoutAWord() throws IOException {
        Path spec = spec("{generator: tokens, ids: [[1, 2], [3, 4]]}");
        assertThat(run("rows", spec.toString())).isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("pairs for", "plain for");
    }

    /** A dataset is shown for the models that it is measured on, and not held against others. */
    @Test
    void aDatasetIsReadByItsOwnModelsAlone() throws IOException {
        Path spec = Files.writeString(folder.resolve("two.yaml"), """
                        loupe: 1
                        model: {small: {plant: heads, vocabulary: 8}, large: {plant: heads, vocabulary: 32}}
                        dataset:
                          low: {generator: tokens, ids: [[1, 2]]}
                          high: {generator: tokens, ids: [[1, 31]]}
                          spare: {generator: tokens, ids: [[1, 30]]}
                          nowhere: {generator: tokens, ids: [[1, 63]]}
                        metric: loss
                        measure:
                          a: {evaluate: default, dataset: low, model: small}
                          b: {evaluate: default, dataset: high, model: large}
                        """);
        assertThat(run("rows", spec.toString()))
                .as(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsOnlyOnce("low for")
                .containsOnlyOnce("high for")
                .containsOnlyOnce("spare for")
                .contains("nowhere: no model of this spec reads it: ");
    }

    @TestFactory
    Stream<DynamicTest> everyShippedSpecShowsItsRows() throws IOException {
        List<Path> specs = Specs.shipped();
        assertThat(specs).hasSizeGreaterThan(10);
        return specs.stream()
                .map(spec -> DynamicTest.dynamicTest(spec.getFileName().toString(), () -> {
                    err.reset();
                    ExitCode code = run("rows", spec.toString(), "--rows", "1");
                    String said = err.toString(StandardCharsets.UTF_8);
                    boolean unset = System.getenv("LOUPE_MODELS") == null;
                    if (code == ExitCode.SURROUNDINGS_FAIL || code != ExitCode.CLAIMS_HOLD && unset) {
                        String why = unset ? "LOUPE_MODELS is not set" : "its model is not on this machine";
                        System.out.println("not shown, " + why + ": " + spec + ": " + said);
                        Assumptions.abort(said);
                    }
                    assertThat(code).as(said).isEqualTo(ExitCode.CLAIMS_HOLD);
                    assertThat(said).isEmpty();
                }));
    }

    @Test
    void aFirstWordIsNoBeginOfText() throws IOException {
        Path models = ModelsAtHand.folder("smollm2-135m-instruct");
        Path spec = Files.writeString(folder.resolve("spec.yaml"), """
                        loupe: 1
                        model: {folder: "%s"}
                        dataset:
                          bare: {generator: facts, bos: none, rows: 4, seed: 1}
                          begun: {generator: facts, bos: 1, rows: 4, seed: 1}
                        metric: logit-difference
                        """.formatted(models));
        assertThat(run("rows", spec.toString(), "--rows", "1"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(ExitCode.CLAIMS_HOLD);
        assertThat(out.toString(StandardCharsets.UTF_8))
                .containsPattern("bare for .* tokens, no BOS token\n  0  The\\|·")
                .containsPattern("begun for .* tokens, every row begins with token 1 <\\|im_start\\|>\n");
    }
}
