package dev.loupe.result.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.result.Artifact;
import dev.loupe.result.AttentionPatterns;
import dev.loupe.result.Axis;
import dev.loupe.result.ClaimResult;
import dev.loupe.result.Figure;
import dev.loupe.result.Interval;
import dev.loupe.result.Limits;
import dev.loupe.result.NamedArray;
import dev.loupe.result.NullBand;
import dev.loupe.result.Provenance;
import dev.loupe.result.Quantity;
import dev.loupe.result.RandomRuns;
import dev.loupe.result.RunResult;
import dev.loupe.result.Side;
import dev.loupe.result.Verdict;
import dev.loupe.tensors.DType;
import dev.loupe.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultStoreTest {
    private final ResultStore store = new ResultStore();

    @TempDir
    Path folder;

    @Test
    void givesBackWhatWasWritten() throws IOException {
        for (long seed = 0; seed < 150; seed++) {
            RunResult run = new RandomRuns(seed).next();
            store.write(folder, run);
            assertThat(store.read(folder)).as("seed %s", seed).isEqualTo(run);
        }
    }

    @Test
    void equalRunsGiveEqualBytes() throws IOException {
        Path other = folder.resolve("other");
        for (long seed = 0; seed < 20; seed++) {
            store.write(folder, new RandomRuns(seed).next());
            store.write(other, new RandomRuns(seed).next());
            assertThat(other.resolve(ResultStore.TENSORS)).hasSameBinaryContentAs(folder.resolve(ResultStore.TENSORS));
            assertThat(other.resolve(ResultStore.JSON)).hasSameBinaryContentAs(folder.resolve(ResultStore.JSON));
        }
    }

    @Test
    void tensorsAreNamedAsInTheSpec() throws IOException {
        List<Axis> axes = List.of(Axis.counted("layer", 2), Axis.counted("head", 3));
        NamedArray scores = new NamedArray(axes, new double[] {0, 1, 2, 3, 4, Double.NaN});
        Quantity quantity = new Quantity(
                "scores.IND",
                "t",
                "d",
                Figure.AUTO,
                "",
                scores,
                new Interval(scores, scores, 0.95, "m", 9),
                new NullBand("m", new double[] {0.5, 0.25}, Side.HIGHER));
        NamedArray pattern = new NamedArray(
                List.of(Axis.counted("head", 1), Axis.counted("query", 2), Axis.counted("key", 2)),
                new double[] {1, Double.NaN, 0.1, 0.9});
        AttentionPatterns patterns = new AttentionPatterns(
                "patterns",
                "t",
                "d",
                List.of("L0H0"),
                List.of(new AttentionPatterns.Example(List.of("a", "b"), pattern)));
        store.write(folder, run(List.of(quantity, patterns)));

        SafetensorsFile file = SafetensorsFile.open(folder.resolve(ResultStore.TENSORS));
        assertThat(file.names())
                .containsExactly("patterns/0", "scores.IND", "scores.IND/high", "scores.IND/low", "scores.IND/null");
        assertThat(file.tensor("scores.IND").dtype()).isEqualTo(DType.F32);
        assertThat(file.tensor("scores.IND").shape()).containsExactly(2, 3);
        assertThat(file.tensor("scores.IND").floats()).containsExactly(0, 1, 2, 3, 4, Float.NaN);
        assertThat(file.tensor("patterns/0").shape()).containsExactly(1, 2, 2);
        // 0.1 as a double is not a float: the only copy must not lose it.
        assertThat(file.tensor("patterns/0").dtype()).isEqualTo(DType.F64);
    }

    @Test
    void largeMeasurementsLiveInTheTensorsAlone() throws IOException {
        List<Axis> axes = List.of(Axis.counted("a", 201), Axis.counted("b", 100));
        double[] values = new double[20_100];
        values[7] = 0.1;
        RunResult run =
                run(List.of(new Quantity("big", "t", "d", Figure.MAP, "", new NamedArray(axes, values), null, null)));
        store.write(folder, run);
        assertThat(json().at("/measurements/0/values").isNull()).isTrue();
        assertThat(SafetensorsFile.open(folder.resolve(ResultStore.TENSORS))
                        .tensor("big")
                        .dtype())
                .isEqualTo(DType.F64);
        assertThat(store.read(folder)).isEqualTo(run);
    }

    @Test
    void claimsAreReadableByOtherPrograms() throws IOException {
        ClaimResult claim = new ClaimResult(
                "it holds",
                new Limits(.6, null),
                "bound",
                1,
                .99,
                List.of(
                        new ClaimResult.Part("seed 0", Verdict.UNDECIDED, Double.NaN, Double.NaN, Double.NaN, null),
                        new ClaimResult.Part("seed 1", Verdict.HOLDS, .87, .86, .88, "L1H2")),
                null);
        RunResult run = new RunResult(
                "1", "t", "q", "", "a", List.of(claim), List.of(), provenance(), "", List.of(), "", "", Map.of());
        store.write(folder, run);
        JsonNode stored = json().at("/claims/0");
        assertThat(stored.fieldNames())
                .toIterable()
                .containsExactly(
                        "say",
                        "verdict",
                        "expected",
                        "above",
                        "below",
                        "observed",
                        "interval",
                        "where",
                        "level",
                        "by",
                        "needed",
                        "deciding",
                        "because",
                        "parts");
        assertThat(stored.get("verdict").asText()).isEqualTo("holds");
        assertThat(stored.get("interval").toString()).isEqualTo("[0.86,0.88]");
        assertThat(stored.get("deciding").asText()).isEqualTo("seed 1");
        assertThat(stored.at("/parts/0/verdict").asText()).isEqualTo("undecided");
        assertThat(stored.at("/parts/0/observed").asText()).isEqualTo("NaN");
        assertThat(stored.at("/parts/0/interval").isNull()).isTrue();
        assertThat(json().get("verdict").asText()).isEqualTo("holds");
    }

    @Test
    void leavesNothingHalfWritten() throws IOException {
        RunResult first = new RandomRuns(3).next();
        store.write(folder, first);
        // The disk refuses the second file: a folder stands where its temporary name would be.
        Path obstacle = Files.createDirectories(folder.resolve(".results.json.partial/occupied"));
        assertThatThrownBy(() -> store.write(folder, new RandomRuns(4).next()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("results.json");
        assertThat(store.read(folder)).isEqualTo(first);
        Files.delete(obstacle);
        Files.delete(obstacle.getParent());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("results.json", "results.safetensors");
        }
    }

    @Test
    void saysWhatIsWrongAndWhere() throws IOException {
        assertThat(ResultStore.isComplete(folder)).isFalse();
        assertThatThrownBy(() -> store.read(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("results.json")
                .hasMessageContaining("does not contain a finished run");
        assertThatThrownBy(() -> store.read(folder.resolve("nowhere"))).hasMessageContaining("no such run folder");
        Path json = folder.resolve(ResultStore.JSON);
        Files.writeString(json, "{\"loupe_results\": 1");
        assertThatThrownBy(() -> store.read(folder))
                .isInstanceOf(ResultFormatException.class)
                .hasMessageContaining("results.json")
                .hasMessageContaining("not valid JSON");
        Files.writeString(json, "{\"loupe_results\": 99}");
        assertThatThrownBy(() -> store.read(folder)).hasMessageContaining("99");
        Files.writeString(json, "{\"loupe_results\": 1}");
        assertThatThrownBy(() -> store.read(folder)).hasMessageContaining("'id' is missing");
        Files.writeString(json, "");
        assertThatThrownBy(() -> store.read(folder)).isInstanceOf(ResultFormatException.class);
    }

    @Test
    void whatDoesNotFitIsToldByItsPath() throws IOException {
        NamedArray values = new NamedArray(List.of(Axis.counted("a", 2)), new double[] {1, 2});
        store.write(folder, run(List.of(new Quantity("x", "t", "d", Figure.AUTO, "", values, null, null))));
        String whole = Files.readString(folder.resolve(ResultStore.JSON));
        refused(whole, "\"unit\" : \"\",", "", "the key 'unit' is missing in measurements[0]");
        refused(whole, "\"kind\" : \"quantity\",", "", "the key 'kind' is missing in measurements[0]");
        refused(
                whole,
                "\"quantity\"",
                "\"painting\"",
                "the kind of measurements[0] is \"painting\", known are quantity,");
        refused(whole, "\"auto\"", "\"pie\"", "measurements[0].figure is \"pie\", expected auto, number, table,");
        refused(whole, "1.0, 2.0", "1.0, \"2\"", "measurements[0].values[1] is \"2\", expected a number or \"NaN\"");
        refused(whole, "[ 1.0, 2.0 ]", "{}", "measurements[0].values is an object, expected an array of numbers");
        refused(whole, "[ 1.0, 2.0 ]", "[ 1.0 ]", "axes [a 2] need 2 numbers, got 1");
        refused(whole, "\"name\" : \"a\"", "\"name\" : \" \"", "measurements[0].axes[0]: an axis needs a name");
        refused(whole, "\"hashes\" : { }", "\"hashes\" : [ 1 ]", "provenance.hashes is an array, expected an object");
        refused(
                whole,
                "\"peak_bytes\" : 0",
                "\"peak_bytes\" : 0.5",
                "provenance.peak_bytes is 0.5, expected a whole number");
        refused(whole, "\"question\" : \"q\"", "\"question\" : null", "question is null, expected a text");
    }

    private void refused(String whole, String from, String to, String why) throws IOException {
        assertThat(whole).contains(from);
        Files.writeString(folder.resolve(ResultStore.JSON), whole.replace(from, to));
        assertThatThrownBy(() -> store.read(folder))
                .isInstanceOf(ResultFormatException.class)
                .hasMessageStartingWith(folder.resolve(ResultStore.JSON) + ": ")
                .hasMessageContaining(why);
    }

    @Test
    void twoResultsOfOneNameAreRefused() {
        Quantity quantity = new Quantity("x", "t", "d", Figure.AUTO, "", NamedArray.scalar(1), null, null);
        assertThatThrownBy(() -> store.write(folder, run(List.of(quantity, quantity))))
                .hasMessageContaining("'x'");
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(folder.resolve(ResultStore.JSON).toFile());
    }

    private static RunResult run(List<Artifact> artifacts) {
        return new RunResult(
                "1", "t", "q", "", "a", List.of(), artifacts, provenance(), "", List.of(), "", "", Map.of());
    }

    private static Provenance provenance() {
        return new Provenance(
                "i", Map.of(), Map.of(), List.of(), List.of(), Map.of(), "", "cpu", "float32", Map.of(), 0, "", "");
    }
}
