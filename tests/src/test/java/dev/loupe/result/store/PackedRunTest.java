package dev.loupe.result.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.loupe.result.Artifact;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Interval;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.RandomRuns;
import dev.loupe.result.RunResult;
import dev.loupe.result.Setting;
import dev.loupe.tensors.SafetensorsFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedRunTest {
    private final ResultStore store = new ResultStore();

    @TempDir
    Path folder;

    @Test
    void givesBackTheRunThatWasPacked() throws IOException {
        for (long seed = 0; seed < 40; seed++) {
            RunResult run = new RandomRuns(seed).next();
            store.write(folder, run);
            PackedRun.pack(folder);
            assertThat(folder.resolve(ResultStore.JSON)).doesNotExist();
            assertThat(folder.resolve(ResultStore.TENSORS)).doesNotExist();
            assertThat(ResultStore.isComplete(folder)).isTrue();
            assertThat(store.read(folder)).as("seed %s", seed).isEqualTo(PackedNumbers.of(run));
        }
    }

    @Test
    void equalRunsGiveEqualBytes() throws IOException {
        Path other = folder.resolve("other");
        store.write(folder, new RandomRuns(3).next());
        store.write(other, new RandomRuns(3).next());
        PackedRun.pack(folder);
        PackedRun.pack(other);
        assertThat(folder.resolve(PackedRun.FILE)).hasSameBinaryContentAs(other.resolve(PackedRun.FILE));
    }

    /** What a program finds that unpacks the archive itself. */
    @Test
    void theTensorsHoldEveryNumberAndTheTextOnlyThoseOfSmallMeasurements() throws IOException {
        store.write(folder, run(thirds("small", 100), thirds("large", 101)));
        PackedRun.pack(folder);
        Path tensors = folder.resolve(ResultStore.TENSORS);
        try (ZipFile zip = new ZipFile(folder.resolve(PackedRun.FILE).toFile())) {
            Files.copy(zip.getInputStream(zip.getEntry(ResultStore.TENSORS)), tensors);
            String json = new String(
                    zip.getInputStream(zip.getEntry(ResultStore.JSON)).readAllBytes(), StandardCharsets.UTF_8);
            JsonNode measurements = new ObjectMapper().readTree(json).get("measurements");
            assertThat(measurements.get(0).get("values").get(1).doubleValue()).isEqualTo(1 / 3.0);
            assertThat(measurements.get(1).get("values").isNull()).isTrue();
            assertThat(measurements.get(1).get("interval").get("low").isNull()).isTrue();
        }
        SafetensorsFile file = SafetensorsFile.open(tensors);
        assertThat(file.tensor("small").floats()).hasSize(100).contains(1 / 3f, 99 / 3f);
        assertThat(file.tensor("large").floats()).hasSize(101).contains(1 / 3f, 100 / 3f);
        assertThat(file.tensor("large").doubles()[1]).isEqualTo(1 / 3f);
    }

    @Test
    void anArchiveOfAnEarlierVersionIsReadAndPackedAgain() throws IOException {
        RunResult run = run(thirds("small", 100), thirds("large", 15_000));
        store.write(folder, run);
        Path archive = folder.resolve(PackedRun.FILE);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            for (String name : List.of(ResultStore.JSON, ResultStore.TENSORS)) {
                zip.putNextEntry(new ZipEntry(name));
                Files.copy(folder.resolve(name), zip);
                Files.delete(folder.resolve(name));
            }
        }
        long before = Files.size(archive);
        assertThat(store.read(folder)).isEqualTo(run);
        PackedRun.pack(folder);
        assertThat(store.read(folder)).isEqualTo(PackedNumbers.of(run));
        assertThat(Files.size(archive)).isLessThan(before / 2);
    }

    private static RunResult run(Artifact... artifacts) {
        RunResult any = new RandomRuns(5).next();
        return new RunResult(
                any.id(),
                any.title(),
                any.question(),
                any.variant(),
                any.answer(),
                any.claims(),
                List.of(artifacts),
                any.provenance(),
                any.resolvedSpec(),
                any.defaults(),
                any.notes(),
                any.explain(),
                any.extra());
    }

    /** 0, 1/3, 2/3 ... with ends one tenth around them. */
    private static Quantity thirds(String name, int numbers) {
        List<Axis> axes = List.of(new Axis(
                "row", IntStream.range(0, numbers).mapToObj(String::valueOf).toList()));
        return new Quantity(
                name,
                name,
                "",
                Figure.AUTO,
                "",
                counted(axes, 0),
                new Interval(counted(axes, -.1), counted(axes, .1), .95, "made up", 10),
                null,
                Setting.UNKNOWN);
    }

    private static NamedArray counted(List<Axis> axes, double more) {
        return new NamedArray(
                axes,
                IntStream.range(0, axes.get(0).size())
                        .mapToDouble(i -> i / 3.0 + more)
                        .toArray());
    }

    @Test
    void whatIsPackedAlreadyStaysAndANewRunTakesItsPlace() throws IOException {
        store.write(folder, new RandomRuns(1).next());
        PackedRun.pack(folder);
        PackedRun.pack(folder);
        assertThat(store.read(folder)).isEqualTo(PackedNumbers.of(new RandomRuns(1).next()));

        store.write(folder, new RandomRuns(2).next());
        assertThat(folder.resolve(PackedRun.FILE)).doesNotExist();
        assertThat(store.read(folder)).isEqualTo(new RandomRuns(2).next());
    }

    @Test
    void aDamagedArchiveIsRefusedByName() throws IOException {
        Path archive = folder.resolve(PackedRun.FILE);
        Files.writeString(archive, "not an archive");
        assertThatThrownBy(() -> store.read(folder))
                .isInstanceOf(ResultFormatException.class)
                .hasMessageContaining(PackedRun.FILE)
                .hasMessageContaining("is not a ZIP archive");

        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("other.json"));
        }
        assertThatThrownBy(() -> store.read(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("does not contain " + ResultStore.JSON);
    }
}
