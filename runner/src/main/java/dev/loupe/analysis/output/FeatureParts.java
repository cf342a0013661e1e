package dev.loupe.analysis.output;

import dev.loupe.analysis.reading.AskedResidual;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.reading.AnswerOption;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.plan.ask.DictionaryShape;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What each feature of one dictionary writes straight into the logit difference: activation times its decoder row. The features,
 * the decoder's bias and the error must sum to what the activation writes that is reconstructed.
 */
record FeatureParts(String at, @Nullable Reduction answers, boolean scaled, DictionaryShape dictionary)
        implements RowReading {
    /** The residual stream, and what is added to it. */
    private static final Set<Site> WRITTEN =
            Set.of(Site.RESID_PRE, Site.RESID_MID, Site.RESID_POST, Site.ATTN_OUT, Site.MLP_OUT);

    /** @throws IllegalArgumentException where features have no fixed direction in the residual stream */
    static FeatureParts of(String at, @Nullable Reduction answers, boolean scaled, List<DictionaryShape> dictionaries) {
        if (dictionaries.size() != 1) {
            throw new IllegalArgumentException(
                    dictionaries.isEmpty()
                            ? "there are no features: attach a dictionary to the model"
                            : "features of several dictionaries are not attributed side by side: attach one of them");
        }
        DictionaryShape one = dictionaries.get(0);
        if (!WRITTEN.contains(one.writes().site()) || !one.linear()) {
            throw new IllegalArgumentException("the features of the dictionary of layer " + one.layer()
                    + " have no fixed direction in the residual stream: "
                    + (one.linear()
                            ? "it reconstructs " + one.writes().name()
                            : "what it reconstructs is rescaled at each position, or has a skip"));
        }
        return new FeatureParts(at, answers, scaled, one);
    }

    private HookPoint features() {
        return HookPoint.of(Site.FEATURES, dictionary.layer());
    }

    private HookPoint error() {
        return HookPoint.of(Site.DICTIONARY_ERROR, dictionary.layer());
    }

    @Override
    public List<HookPoint> captures(ModelShape shape) {
        List<HookPoint> points = new ArrayList<>(List.of(dictionary.writes(), features(), error()));
        if (scaled) {
            points.add(HookPoint.of(Site.LN_FINAL_SCALE));
        }
        return points;
    }

    @Override
    public LogitsRead logits() {
        return new LogitsRead(LogitsRead.Extent.AT, at);
    }

    @Override
    public List<Axis> axes(ModelShape shape) {
        return List.of(
                new Axis("layer", List.of(Integer.toString(dictionary.layer()))),
                Axis.counted("feature", dictionary.features()));
    }

    @Override
    public void check(TokenRows rows) {
        AnswerOption.checkDifference(rows, at, answers, label());
    }

    @Override
    public RowValues read(Batch batch) {
        AskedResidual asked = new AskedResidual(batch, at, AnswerOption.of(answers), scaled);
        int width = dictionary.features();
        RowValues out = RowValues.zeros(batch.rows().rows() * width);
        float[] features = asked.features(dictionary.layer());
        float[] bias = asked.dictionaryBias(dictionary.layer());
        float[] error = asked.part(error());
        float[] whole = asked.part(dictionary.writes());
        for (int i = 0; i < asked.count(); i++) {
            double[] parts = new double[width + 2];
            for (int f = 0; f < width; f++) {
                parts[f] = features[i * width + f];
                out.numerator()[asked.row(i) * width + f] += parts[f];
                out.denominator()[asked.row(i) * width + f]++;
            }
            parts[width] = bias[i];
            parts[width + 1] = error[i];
            DirectAttribution.Parts.check(new double[][] {parts}, new double[] {whole[i]}, new double[1]);
        }
        return out;
    }

    @Override
    public String label() {
        return "direct attribution of features at " + at + AnswerOption.label(answers);
    }
}
