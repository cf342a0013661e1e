package dev.loupe.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.loupe.backend.Backend;
import dev.loupe.execute.batch.TokenArrays;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.folder.ModelFolder;
import dev.loupe.model.forward.ForwardRequest;
import dev.loupe.model.forward.HookVisitor;
import dev.loupe.model.forward.Transformer;
import dev.loupe.model.weights.Processing;
import dev.loupe.result.NamedArray;
import dev.loupe.result.RunResult;
import dev.loupe.result.sample.RowTable;
import dev.loupe.schema.problem.SpecException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every row has one position that may be an example, so that the effect of each is known from a pass over all rows in which a hook
 * of the test's own writes into the neuron.
 */
class ExampleEffectTest {
    private static final int ROWS = 12;
    private static final int LENGTH = 9;
    private static final int SPOT = 5;
    private static final int[][] TOKENS = tokens();

    @TempDir
    Path folder;

    private static int[][] tokens() {
        SplittableRandom random = new SplittableRandom(8);
        return IntStream.range(0, ROWS)
                .mapToObj(row -> random.ints(LENGTH, 0, 40).toArray())
                .toArray(int[][]::new);
    }

    private static Path fixture(String name) {
        return Path.of(System.getProperty("loupe.home"), "tests/src/test/resources/parity", name);
    }

    private String spec(String model, String measure) {
        return """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, ids: %s, positions: {SPOT: %d}}
                measure:
                """.formatted(fixture(model), Arrays.deepToString(TOKENS), SPOT) + measure.indent(2);
    }

    private double[] numbers(String model, String options, String where) {
        String measure = "effect: {example-effect: mlp.post, neurons: [L0N3, L1N7], random: 20, " + options
                + ", sample: {at: SPOT, min-position: 0, seed: 1}}";
        RowTable table = Laboratory.table(folder, spec(model, measure), "effect");
        for (String at : where.split(" ")) {
            String axis = at.substring(0, at.indexOf('='));
            String label = at.substring(at.indexOf('=') + 1);
            int place = table.axes().stream()
                    .filter(one -> one.name().equals(axis))
                    .findFirst()
                    .orElseThrow()
                    .labels()
                    .indexOf(label);
            table = table.at(axis, place);
        }
        return Arrays.stream(table.perRow())
                .filter(x -> !Double.isNaN(x))
                .sorted()
                .toArray();
    }

    /** Log-probabilities after the spot [row][id], and the activation there [row], with a number written everywhere or none. */
    private record ByHand(double[][] logs, double[] activation) {
        double kl(ByHand changed, int row) {
            return IntStream.range(0, logs[row].length)
                    .mapToDouble(id -> Math.exp(logs[row][id]) * (logs[row][id] - changed.logs[row][id]))
                    .sum();
        }

        double loss(ByHand changed, int row) {
            int next = TOKENS[row][SPOT + 1];
            return logs[row][next] - changed.logs[row][next];
        }
    }

    private static ByHand byHand(String name, int layer, int neuron, double written) {
        double[] activation = new double[ROWS];
        try (NDManager manager = Backend.cpu();
                Transformer model = ModelFolder.open(fixture(name)).load(EnumSet.noneOf(Processing.class), manager)) {
            HookVisitor visitor = new HookVisitor() {
                @Override
                public boolean wants(HookPoint point) {
                    return point.equals(HookPoint.of(Site.MLP_POST, layer));
                }

                @Override
                public NDArray visit(HookPoint point, NDArray value) {
                    float[] all = value.toFloatArray();
                    int width = all.length / (ROWS * LENGTH);
                    for (int i = 0; i < ROWS * LENGTH; i++) {
                        if (i % LENGTH == SPOT) {
                            activation[i / LENGTH] = all[i * width + neuron];
                        }
                        if (!Double.isNaN(written)) {
                            all[i * width + neuron] = (float) written;
                        }
                    }
                    return manager.create(all, value.getShape());
                }
            };
            float[] read = model.forward(ForwardRequest.of(TokenArrays.array(TOKENS, manager)), visitor, manager)
                    .logits()
                    .toFloatArray();
            double[] logits =
                    IntStream.range(0, read.length).mapToDouble(k -> read[k]).toArray();
            int vocabulary = logits.length / (ROWS * LENGTH);
            double[][] logs = IntStream.range(0, ROWS)
                    .mapToObj(row -> Arrays.copyOfRange(
                            logits, (row * LENGTH + SPOT) * vocabulary, (row * LENGTH + SPOT + 1) * vocabulary))
                    .map(own -> {
                        double sum = Arrays.stream(own).map(Math::exp).sum();
                        return Arrays.stream(own).map(x -> x - Math.log(sum)).toArray();
                    })
                    .toArray(double[][]::new);
            return new ByHand(logs, activation);
        }
    }

    private static double[] sorted(IntStream rows, IntToDoubleFunction number) {
        return rows.mapToDouble(number).sorted().toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "llama-gqa", "gpt-neox"})
    void whatIsLostWithoutANeuronIsWhatAPassOverWholeRowsLoses(String model) {
        for (int[] neuron : new int[][] {{0, 3}, {1, 7}}) {
            ByHand clean = byHand(model, neuron[0], neuron[1], Double.NaN);
            ByHand zero = byHand(model, neuron[0], neuron[1], 0);
            String name = " neuron=L" + neuron[0] + "N" + neuron[1];
            assertThat(numbers(model, "with: zero", "part=kl with=zero at=random" + name))
                    .containsExactly(sorted(IntStream.range(0, ROWS), row -> clean.kl(zero, row)), within(1e-6));
            assertThat(numbers(model, "with: zero", "part=loss with=zero at=random" + name))
                    .containsExactly(sorted(IntStream.range(0, ROWS), row -> clean.loss(zero, row)), within(1e-5));

            int[] above = IntStream.range(0, ROWS)
                    .filter(row -> clean.activation()[row] > 0)
                    .toArray();
            assertThat(numbers(model, "with: zero", "part=kl with=zero at=firing" + name))
                    .containsExactly(sorted(IntStream.of(above), row -> clean.kl(zero, row)), within(1e-6));
            int[] below = IntStream.range(0, ROWS)
                    .filter(row -> clean.activation()[row] < 0)
                    .toArray();
            assertThat(numbers(model, "side: negative", "part=kl with=zero at=firing" + name))
                    .containsExactly(sorted(IntStream.of(below), row -> clean.kl(zero, row)), within(1e-6));

            double mean = Arrays.stream(clean.activation()).average().orElseThrow();
            ByHand average = byHand(model, neuron[0], neuron[1], mean);
            assertThat(numbers(model, "with: [zero, mean]", "part=kl with=mean at=random" + name))
                    .containsExactly(sorted(IntStream.range(0, ROWS), row -> clean.kl(average, row)), within(1e-6));
        }
    }

    @Test
    void aNeuronIsSilentWhereItIsLessThanATenthOfItsFurthest() {
        ByHand clean = byHand("gpt2", 0, 3, Double.NaN);
        ByHand zero = byHand("gpt2", 0, 3, 0);
        double furthest = Arrays.stream(clean.activation()).max().orElseThrow();
        int[] silent = IntStream.range(0, ROWS)
                .filter(row -> Math.abs(clean.activation()[row]) < 0.1 * furthest)
                .toArray();
        assertThat(silent.length).isBetween(1, ROWS - 1);
        assertThat(numbers("gpt2", "with: zero", "part=kl with=zero at=silent neuron=L0N3"))
                .containsExactly(sorted(IntStream.of(silent), row -> clean.kl(zero, row)), within(1e-6));
    }

    /** In a row of one token there is one place to write into, and three numbers to draw from. */
    @Test
    void resampledActivationsAreOfSampledPositions() {
        String spec = """
                loupe: 1
                model: {folder: "%s"}
                dataset: {generator: tokens, ids: [[3], [5], [9]]}
                measure:
                  effect: {example-effect: mlp.post, neurons: [L1N7], side: larger, random: 3, with: resample, sample: {min-position: 0, seed: 1}, seed: SEED}
                """.formatted(fixture("gpt2"));
        List<List<Double>> drawn = IntStream.range(0, 12)
                .mapToObj(seed -> Laboratory.table(folder, spec.replace("SEED", String.valueOf(seed)), "effect"))
                .map(table -> table.at("part", 1).at("with", 0).at("at", 2))
                .map(table -> Arrays.stream(table.perRow())
                        .mapToObj(kl -> Math.rint(kl * 1e9) / 1e9)
                        .toList())
                .toList();
        // Each row has its own activation, which changes nothing, or one of the two others.
        for (int row = 0; row < 3; row++) {
            int of = row;
            List<Double> seen =
                    drawn.stream().map(one -> one.get(of)).distinct().toList();
            assertThat(seen).hasSizeBetween(2, 3).contains(0.0);
        }
    }

    /** L0N2 raises the third token of a trigram at the second one. Decoys fire too, and write nothing. */
    @Test
    void aPlantedNeuronLowersTheLossWhereItFiresAndADecoyDoesNothing() {
        RowTable table = Laboratory.table(folder, """
                loupe: 1
                model: {plant: neurons, decoys: 3, seed: 3}
                dataset: {generator: planted-language, constructs: [trigrams], rows: 100, seed: 2}
                measure:
                  effect: {example-effect: mlp.post, neurons: [L0N2, L0N10, L0N11], random: 50, with: [zero, mean], sample: {count: 2000, seed: 1}}
                """, "effect");
        NamedArray loss = table.estimate().at("part", 0).at("with", 0);
        NamedArray kl = table.estimate().at("part", 1).at("with", 0);
        assertThat(loss.at("neuron", 0).at("at", 0).data()[0]).isGreaterThan(1);
        assertThat(kl.at("neuron", 0).at("at", 1).data()[0]).isLessThan(1e-3);
        for (int decoy = 1; decoy < 3; decoy++) {
            assertThat(kl.at("neuron", decoy).at("at", 0).data()).containsExactly(new double[] {0}, within(1e-9));
            assertThat(loss.at("neuron", decoy).at("at", 2).data()).containsExactly(new double[] {0}, within(1e-9));
        }
    }

    /** What `ablate` gives of features was compared with SAELens. */
    @Test
    void aFeatureIsChangedAsAnAblationChangesIt() {
        Path home = Path.of(System.getProperty("loupe.home"), "tests/src/test/resources");
        RunResult result;
        try (Laboratory lab = new Laboratory(folder, """
                loupe: 1
                model:
                  plain: {folder: "%1$s/parity/gpt2"}
                  default: {dictionary: "%1$s/dictionaries/gpt2/resid", of: plain}
                dataset: {generator: tokens, ids: %2$s, positions: {SPOT: %3$d}}
                metric: {loss: {loss: {at: SPOT}}}
                intervention:
                  without: {ablate: dictionary.features, neurons: [L1F27], with: zero}
                measure:
                  effect: {example-effect: dictionary.features, neurons: [L1F27], random: 20, sample: {at: SPOT, min-position: 0, seed: 1}}
                  without: {apply: without, read: loss, as: change}
                """.formatted(home, Arrays.deepToString(TOKENS), SPOT))) {
            result = lab.result();
        }
        double expected = Laboratory.numbers(result, "without").data()[0];
        assertThat(Math.abs(expected)).isGreaterThan(1e-4);
        assertThat(Laboratory.numbers(result, "effect.loss").at("at", 2).data())
                .containsExactly(new double[] {expected}, within(1e-6));
    }

    @Test
    void optionsThatSayNothingAreRefused() {
        assertThatThrownBy(
                        () -> new Laboratory(
                                folder,
                                spec(
                                        "gpt2",
                                        "effect: {example-effect: mlp.post, neurons: [L0N3], with: [zero, zero], sample: {seed: 1}}")))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("each once");
        assertThatThrownBy(() -> new Laboratory(
                        folder,
                        spec(
                                "gpt2",
                                "effect: {example-effect: mlp.post, neurons: [L0N3], sample: {seed: 1}, seed: 1}")))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("`seed` would have no effect");
        assertThatThrownBy(
                        () -> new Laboratory(
                                folder,
                                spec(
                                        "gpt2",
                                        "effect: {example-effect: mlp.post, neurons: [L0N3], with: resample, sample: {seed: 1}}")))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("needs a `seed`");
        assertThatThrownBy(() -> new Laboratory(
                        folder, spec("gpt2", "effect: {example-effect: attn.z, neurons: [L0N3], sample: {seed: 1}}")))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("has no neurons");
    }
}
