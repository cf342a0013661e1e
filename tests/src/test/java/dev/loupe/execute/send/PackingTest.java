package dev.loupe.execute.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.optimize.PlanOptimizer;
import dev.loupe.plan.ExecutionPlan;
import dev.loupe.resolve.SpecFile;
import dev.loupe.resolve.Specs;
import dev.loupe.resolve.model.ModelInstance;
import dev.loupe.resolve.model.ModelSource;
import dev.loupe.result.Axis;
import dev.loupe.result.sample.RowTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent arrives as it was. */
class PackingTest {
    static Stream<Path> shipped() throws IOException {
        return Specs.shipped().stream();
    }

    /** Plans are data: each arrives equal, and so do the models that it names, but for tables of counts. */
    @ParameterizedTest
    @MethodSource("shipped")
    void theShippedPlansAndTheirModels(Path spec) {
        SpecFile.Checked checked = Specs.checkedIfItsModelIsHere(spec, null);
        ExecutionPlan plan = PlanOptimizer.optimize(checked.whole().plan()).plan();
        assertThat(Unpacking.of(Packing.of(plan))).isEqualTo(plan);
        assertThat(Packing.size(plan)).isEqualTo(Packing.of(plan).length);
        checked.experiment().models().values().stream()
                .flatMap(family -> family.units().stream())
                .filter(unit -> !(unit.source() instanceof ModelSource.Table))
                .forEach(PackingTest::arrives);
    }

    /** Part by part, since records with arrays are never equal. */
    private static void arrives(ModelInstance unit) {
        assertThat(Unpacking.of(Packing.of(unit))).usingRecursiveComparison().isEqualTo(unit);
    }

    @Test
    void arraysOfNumbersKeepEveryBit() {
        double[] odd = {0.0, -0.0, Double.NaN, Double.longBitsToDouble(0x7ff8000000000123L), Double.MIN_VALUE, 1 / 3.0};
        RowTable table = new RowTable(List.of(new Axis("a", List.of("x", "ü"))), 3, odd, odd.clone());
        RowTable arrived = (RowTable) Unpacking.of(Packing.of(table));
        assertThat(Arrays.stream(arrived.numerator()).mapToLong(Double::doubleToRawLongBits))
                .containsExactly(Arrays.stream(odd)
                        .mapToLong(Double::doubleToRawLongBits)
                        .boxed()
                        .toArray(Long[]::new));
        assertThat(arrived.axes()).isEqualTo(table.axes());
        int[][] ragged = {{1, -2}, {}, {3}};
        assertThat((int[][]) Unpacking.of(Packing.of(ragged))).isDeepEqualTo(ragged);
    }

    @Test
    void whatOccursTwiceIsWrittenOnce() {
        String text = "x".repeat(1000);
        byte[] bytes = Packing.of(List.of(text, text, Map.of(text, text)));
        assertThat(bytes.length).isLessThan(1200);
        assertThat(Unpacking.of(bytes)).isEqualTo(List.of(text, text, Map.of(text, text)));
    }

    @Test
    void bytesAreCountedWithoutBeingMade() {
        String text = "ü".repeat(20);
        int[] ids = {1, 2, 3};
        List<Object> all = List.of(
                text,
                text,
                ids,
                ids,
                new long[5],
                new float[7],
                new double[9],
                new boolean[11],
                new byte[13],
                new int[][] {{1}, {}, {2, 3}},
                Map.of("a", 1, "b", 2L),
                Path.of("/there"),
                1.5f,
                2.5,
                true);
        assertThat(Packing.size(all)).isEqualTo(Packing.of(all).length);
        boolean[] flags = {true, false, true};
        assertThat((boolean[]) Unpacking.of(Packing.of(flags))).containsExactly(flags);
    }

    @Test
    void aPathIsWhatItIsHere() {
        byte[] bytes = Packing.of(List.of(Path.of("/there/model"), "/there/model"));
        assertThat(Unpacking.of(bytes, path -> Path.of("/here").resolve(path.getFileName())))
                .isEqualTo(List.of(Path.of("/here/model"), "/there/model"));
    }

    @Test
    void functionsAreNoData() {
        Runnable function = () -> {};
        assertThatThrownBy(() -> Packing.of(List.of(function)))
                .isInstanceOf(NotData.class)
                .hasMessageContaining("cannot be sent to another machine");
    }

    /** Bytes of a stranger make no object of another program's. */
    @Test
    void onlyOurRecordsAreMade() {
        byte[] bytes = Packing.of(new Axis("a", List.of("x")));
        String ours = Axis.class.getName();
        String other = "java.lang.ProcessBuilderX".substring(0, ours.length());
        byte[] changed = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)
                .replace(ours, other)
                .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Unpacking.of(changed)).hasMessageContaining("is not a class of this program");
    }
}
