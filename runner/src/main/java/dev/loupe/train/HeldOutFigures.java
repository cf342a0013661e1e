package dev.loupe.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.loupe.dataset.rows.Draw;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.model.card.CardFile;
import dev.loupe.model.card.TrainedCard;
import dev.loupe.model.forward.Parameters;
import dev.loupe.model.forward.Transformer;
import dev.loupe.tensors.SafetensorsFile;
import dev.loupe.train.step.Noise;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How well trained weights do on rows that no training step drew: what a model's README line reports. */
public final class HeldOutFigures {
    static final int ROWS = 2048;
    static final long SEED = 1_000_003;

    /** Logits that are held at once. */
    private static final int MOST_NUMBERS = 1 << 24;

    private HeldOutFigures() {}

    /**
     * Figures by name: loss in nats and accuracy for each position class of token rows, and the share of rows with every
     * asked position right; for toy networks those of {@link ToyFigures}.
     */
    public static Map<String, Double> measure(CardFile card, Path weights, NDManager manager) {
        TrainedCard trained = TrainedModels.trained(card);
        Blueprint blueprint = TrainedModels.blueprint(card.name(), trained);
        SafetensorsFile file = SafetensorsFile.open(weights);
        try (NDManager scope = manager.newSubManager()) {
            if (blueprint instanceof TransformerBlueprint transformer) {
                return tokens(transformer, file, scope);
            }
            return toy((ToyBlueprint) blueprint, file, scope);
        }
    }

    private static Map<String, Double> tokens(TransformerBlueprint blueprint, SafetensorsFile file, NDManager scope) {
        TransformerNetwork network = blueprint.network();
        TokenRows rows =
                blueprint.data().unseen().draw(new Draw(network.vocabulary(), ROWS, Noise.seed(SEED, "held-out", 0)));
        TokenBatch batch = TokenBatch.of(List.of(rows), null);
        Transformer model = new Transformer(
                Parameters.of(network.config(), name -> file.tensor(name).floats(), scope));
        int each = Math.max(1, Math.min(ROWS, MOST_NUMBERS / (batch.length() * network.classes())));
        Map<String, double[]> sums = new LinkedHashMap<>();
        int wholeRows = 0;
        float[] values = new float[0];
        long[] best = new long[0];
        for (int row = 0; row < ROWS; row++) {
            int inChunk = row % each;
            if (inChunk == 0) {
                try (NDManager chunk = scope.newSubManager()) {
                    int from = row * batch.length();
                    int to = Math.min(ROWS, row + each) * batch.length();
                    NDArray tokens = chunk.create(
                            Arrays.copyOfRange(batch.tokens(), from, to),
                            new Shape((to - from) / batch.length(), batch.length()));
                    NDArray logProbabilities = model.logits(tokens, chunk).logSoftmax(-1);
                    values = logProbabilities.toFloatArray();
                    best = logProbabilities.argMax(-1).toLongArray();
                }
            }
            boolean whole = true;
            for (int pos = 0; pos < batch.length(); pos++) {
                int target = batch.targets()[row * batch.length() + pos];
                if (target < 0) {
                    continue;
                }
                int at = inChunk * batch.length() + pos;
                boolean right = best[at] == target;
                whole &= right;
                double loss = -values[at * network.classes() + target];
                add(sums, "all", loss, right);
                for (Map.Entry<String, boolean[][]> marks : rows.classes().entrySet()) {
                    if (marks.getValue()[row][pos]) {
                        add(sums, marks.getKey(), loss, right);
                    }
                }
            }
            wholeRows += whole ? 1 : 0;
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        sums.forEach((name, sum) -> {
            figures.put(name + " loss", sum[0] / sum[2]);
            figures.put(name + " accuracy", sum[1] / sum[2]);
        });
        figures.put("whole rows", wholeRows / (double) ROWS);
        return figures;
    }

    private static void add(Map<String, double[]> sums, String name, double loss, boolean right) {
        double[] sum = sums.computeIfAbsent(name, any -> new double[3]);
        sum[0] += loss;
        sum[1] += right ? 1 : 0;
        sum[2]++;
    }

    private static Map<String, Double> toy(ToyBlueprint blueprint, SafetensorsFile file, NDManager scope) {
        return ToyFigures.measure(blueprint.grid(), blueprint.data().unseen(), file, scope);
    }
}
