package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.backend.Backend;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.execute.edit.Editing;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.plan.ask.Positions;
import dev.loupe.plan.edit.AddedNoise;
import dev.loupe.plan.edit.Cell;
import dev.loupe.plan.edit.Direction;
import dev.loupe.plan.edit.DirectionEdit;
import dev.loupe.plan.edit.Edit;
import dev.loupe.plan.edit.EditValue;
import dev.loupe.plan.edit.RecordedCell;
import dev.loupe.plan.edit.WithinDirection;
import dev.loupe.resolve.Specs;
import dev.loupe.result.sample.RowTable;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an edit writes, element by element, and what whole ablations must leave alone. */
class AblationTest {
    private static final Path GPT2 = Specs.HOME.resolve("tests/src/test/resources/parity/gpt2");
    private static final HookPoint Z = HookPoint.of(Site.Z, 0);

    @TempDir
    Path folder;

    /** z [2 rows, 3 positions, 2 heads, 2] counting up from 0. */
    private static float[] edited(List<Edit> edits, Editing.Values values, NDManager manager) {
        NDArray z = manager.arange(24f).reshape(new Shape(2, 3, 2, 2));
        TokenRows rows = new TokenRows(
                new int[2][3],
                new int[0][],
                Map.of("late", new boolean[][] {{false, true, true}, {false, false, true}}),
                Map.of("END", new int[] {2, 1}),
                Map.of());
        Editing editing = new Editing(List.of(new Cell(0, edits)), rows, values, manager);
        return editing.visit(Z, z).toFloatArray();
    }

    private static float[] changed(int... zeroed) {
        float[] z = new float[24];
        for (int i = 0; i < 24; i++) {
            z[i] = i;
        }
        for (int i : zeroed) {
            z[i] = 0;
        }
        return z;
    }

    @Test
    void zeroReachesOnlyItsHeadsAndPositions() {
        try (NDManager m = Backend.cpu()) {
            Editing.Values none = (value, point) -> {
                throw new AssertionError();
            };
            EditValue zero = new EditValue.Zero();
            assertThat(edited(List.of(new Edit(Z, List.of(1), new Positions.Of("END"), zero)), none, m))
                    .containsExactly(changed(10, 11, 18, 19));
            assertThat(edited(List.of(new Edit(Z, List.of(), new Positions.Of("late"), zero)), none, m))
                    .containsExactly(changed(4, 5, 6, 7, 8, 9, 10, 11, 20, 21, 22, 23));
            assertThat(edited(List.of(new Edit(Z, List.of(0), new Positions.At(1), zero)), none, m))
                    .containsExactly(changed(4, 5, 16, 17));
            // Unlike edits of one cell at one point all take effect.
            assertThat(edited(
                            List.of(
                                    new Edit(Z, List.of(0), new Positions.At(0), zero),
                                    new Edit(Z, List.of(1), new Positions.Of("END"), zero)),
                            none,
                            m))
                    .containsExactly(changed(0, 1, 12, 13, 10, 11, 18, 19));
        }
    }

    @Test
    void theLaterOfTwoEditsAtOnePlaceWins() {
        try (NDManager m = Backend.cpu()) {
            Editing.Values sevens = (value, point) -> m.full(new Shape(1, 3, 2, 2), 7f);
            Edit zero = new Edit(Z, List.of(0), new Positions.All(), new EditValue.Zero());
            Edit seven = new Edit(Z, List.of(0), new Positions.At(0), new EditValue.MeanOf(1));
            assertThat(edited(List.of(zero, seven), sevens, m)[0]).isEqualTo(7f);
            assertThat(edited(List.of(seven, zero), sevens, m)[0]).isZero();
        }
    }

    /** Results that belonged to the run that a value is from would pile up until that run is let go. */
    @Test
    void whatIsWrittenBelongsToTheRunThatWritesIt() {
        try (NDManager run = Backend.cpu();
                NDManager other = Backend.cpu()) {
            NDArray kept = other.ones(new Shape(2, 3, 2, 2));
            int before = other.getManagedArrays().size();
            Direction direction = new Direction.Given("given", new float[] {1, 1});
            for (EditValue value : List.of(
                    new EditValue.FromRun(1),
                    new EditValue.MeanOf(1),
                    new DirectionEdit(direction, DirectionEdit.How.PROJECT_OUT, 1),
                    new WithinDirection(direction, new EditValue.FromRun(1)),
                    new AddedNoise(1, 1, 1),
                    new RecordedCell(1))) {
                edited(List.of(new Edit(Z, List.of(0), new Positions.All(), value)), (v, point) -> kept, run);
                assertThat(other.getManagedArrays()).as(value.toString()).hasSize(before);
            }
        }
    }

    private double loss(String dataset, String intervention, int layer, int head) {
        RowTable table = Laboratory.table(folder, """
                loupe: 1
                model: {folder: "%s"}
                dataset: %s
                intervention: %s
                metric: loss
                """.formatted(GPT2, dataset, intervention), "result");
        return table.estimate().at("layer", layer).at("head", head).value();
    }

    /** The mean over equal rows, per position, is each of them; so is another of them. That must change nothing at all. */
    @Test
    void writingBackWhatWasThereChangesNoBit() {
        String same = "{generator: tokens, ids: [[5, 9, 33, 2, 17, 8, 40], [5, 9, 33, 2, 17, 8, 40]]}";
        double clean = Laboratory.table(
                        folder,
                        "loupe: 1\nmodel: {folder: \"" + GPT2 + "\"}\nmetric: loss\ndataset: " + same + "\n",
                        "result")
                .estimate()
                .value();
        for (String with :
                new String[] {"{mean: {of: default, per: position}}", "{resample: {of: default, seed: 1}}"}) {
            double edited = loss(same, "{ablate: attn.z, over: [layer, head], with: " + with + "}", 1, 2);
            assertThat(edited).as(with).isEqualTo(clean);
        }
        assertThat(loss(same, "{ablate: attn.z, over: [layer, head]}", 1, 2)).isNotEqualTo(clean);
        assertThat(loss(same, "{ablate: attn.z, over: [layer, head], with: {mean: {of: default, per: all}}}", 1, 2))
                .isNotEqualTo(clean);
    }

    /** Whatever the seed: of two rows each gets the value of the other, as if the other were its corrupted half. */
    @Test
    void noRowIsResampledToItself() {
        String there = "[5, 9, 33, 2, 17]";
        String other = "[7, 41, 3, 26, 11]";
        double patched = loss(
                "{generator: tokens, ids: [%s, %s], corrupted: [%s, %s]}".formatted(there, other, other, there),
                "{patch: attn.z, over: [layer, head], from: corrupted}",
                1,
                2);
        for (int seed = 0; seed < 4; seed++) {
            double resampled = loss(
                    "{generator: tokens, ids: [%s, %s]}".formatted(there, other),
                    "{ablate: attn.z, over: [layer, head], with: {resample: {of: default, seed: " + seed + "}}}",
                    1,
                    2);
            assertThat(resampled).as("seed %d", seed).isEqualTo(patched, within(1e-6));
        }
    }

    @Test
    void aRowWithoutAnotherOfItsLengthCannotBeResampled() {
        String rows = "{generator: tokens, ids: [[5, 9], [5, 33], [5, 2, 8]]}";
        assertThatThrownBy(() ->
                        loss(rows, "{ablate: attn.z, over: [layer], with: {resample: {of: default, seed: 1}}}", 0, 1))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("one row of 3 tokens only");
    }

    /** At position 0 a head sees one key only, so for equal first tokens its output is constant: its mean is itself. */
    @Test
    void aConstantActivationIsItsOwnMean() {
        String rows = "{generator: tokens, ids: [[5, 9], [5, 33], [5, 2], [5, 9]]}";
        double clean = Laboratory.table(
                        folder,
                        "loupe: 1\nmodel: {folder: \"" + GPT2 + "\"}\nmetric: loss\ndataset: " + rows + "\n",
                        "result")
                .estimate()
                .value();
        assertThat(loss(rows, "{ablate: attn.z, over: [layer, head], with: {mean: {of: default}}}", 0, 1))
                .isEqualTo(clean, within(1e-6));
        assertThat(loss(rows, "{ablate: attn.z, over: [layer, head]}", 0, 1)).isNotEqualTo(clean);
    }

    @Test
    void headsTogetherAreOneEditOfAll() {
        String rows = "{generator: tokens, ids: [[5, 9, 33, 2, 17, 8, 40], [1, 2, 3, 4, 5, 6, 7]]}";
        String spec = "loupe: 1\nmodel: {folder: \"" + GPT2 + "\"}\nmetric: loss\ndataset: " + rows + "\n";
        double whole = Laboratory.table(folder, spec + "intervention: {ablate: attn.z, over: [layer]}", "result")
                .estimate()
                .at("layer", 1)
                .value();
        double named = Laboratory.table(
                        folder, spec + "intervention: {ablate: attn.z, heads: [L1H0, L1H1, L1H2, L1H3]}", "result")
                .estimate()
                .value();
        assertThat(named).isEqualTo(whole);
    }

    /** Attention looks back only, so an edit at END leaves every earlier prediction's bits alone. */
    @Test
    void anEditAtTheEndLeavesEarlierPredictionsAlone() {
        String spec = """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, ids: [[5, 9, 33, 2, 17, 8, 40], [1, 2, 3, 4, 5, 6, 7]], answer: [1, 2], wrong: [3, 4], positions: {earlier: 0..5}}
                intervention: {ablate: attn_out, over: [layer], at: END}
                metric: {nll: {loss: {at: earlier}}, end: logit-difference}
                measure: {edited: {apply: default, read: [nll, end]}, clean: {evaluate: [nll, end]}}
                """.formatted(GPT2);
        try (Laboratory lab = new Laboratory(folder, spec)) {
            var values = lab.run(lab.plan());
            RowTable edited = Laboratory.table(values.get("edited"));
            RowTable clean = Laboratory.table(values.get("clean"));
            for (int layer = 0; layer < 2; layer++) {
                assertThat(edited.at("metric", 0).at("layer", layer).perRow())
                        .containsExactly(clean.at("metric", 0).perRow());
                assertThat(edited.at("metric", 1).at("layer", layer).perRow())
                        .doesNotContain(clean.at("metric", 1).perRow());
            }
        }
    }
}
