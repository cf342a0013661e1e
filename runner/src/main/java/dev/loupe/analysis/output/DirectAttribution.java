package dev.loupe.analysis.output;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.reading.AskedResidual;
import dev.loupe.analysis.reading.ResidualSites;
import dev.loupe.dataset.rows.TokenRows;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.metric.Metric;
import dev.loupe.metric.answer.LogitDifference;
import dev.loupe.metric.reading.AnswerOption;
import dev.loupe.metric.reading.Batch;
import dev.loupe.metric.reading.Reduction;
import dev.loupe.metric.reading.RowReading;
import dev.loupe.metric.reading.RowValues;
import dev.loupe.metric.reading.TokenSet;
import dev.loupe.plan.ReadRows;
import dev.loupe.plan.ask.LogitsRead;
import dev.loupe.plan.ask.ModelShape;
import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Key;
import dev.loupe.schema.annotation.Named;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Direct logit attribution: what each component writes straight into the logit difference. */
@Named("direct-attribution")
@Doc("Direct logit attribution: what each head, MLP, embedding and bias adds directly to the logit difference of "
        + "columns `answer` and `wrong`, with the scale of the final normalisation frozen, and of norms on "
        + "what attention and MLPs write. The parts must sum to the difference, or the run fails; where logits are "
        + "soft-capped, to the difference before that.")
@Example("{direct-attribution: END}")
public record DirectAttribution(
        @Key("direct-attribution") @Doc("The named position to read.")
        String at,

        @Default("components") @Doc("The components to attribute to.")
        By by,

        @Nullable
        @Doc("How several answers or wrong answers of a row are combined. `mean`: mean logit of the answers "
                + "minus mean logit of the wrong answers; `max`: logit of the most probable answer minus logit of "
                + "the most probable wrong answer, in the run that is read; `first`: the first of each. `sum` is an "
                + "error: logits have no meaningful sum. Required where a row has several.")
        Reduction answers)
        implements OutputAnalysis {
    private static final double TOLERANCE = 1e-3;

    public DirectAttribution {
        AnswerOption.checkOfLogits(answers);
    }

    /** How finely the difference is taken apart. */
    public enum By {
        @Doc("Heads, MLPs, embeddings and biases.")
        COMPONENTS,
        @Doc("Neurons of every MLP, on the axes layer and neuron. Other components are not shown.")
        NEURONS,
        @Doc(
                "Features of the model's dictionary, on the axes layer and feature: activation times decoder row. The decoder's bias "
                        + "and the error are not shown.")
        FEATURES
    }

    @Override
    public int plan(AnalysisPlanning planning) {
        ModelShape shape = planning.model().shape();
        ResidualSites sites = ResidualSites.of(planning);
        if (by == By.NEURONS && shape.attentionOnly()) {
            throw new IllegalArgumentException(planning.model().label() + " has no neurons");
        }
        RowReading parts = switch (by) {
            case NEURONS -> new NeuronParts(at, answers, sites.scaled());
            case FEATURES -> FeatureParts.of(at, answers, sites.scaled(), shape.dictionaries());
            case COMPONENTS -> new Parts(at, answers, sites);
        };
        int run = planning.clean(planning.rows(planning.on()), parts.captures(shape), parts.logits());
        return planning.builder().add(id -> new ReadRows(id, parts, List.of(run), List.of()));
    }

    /** The reading on a model with those sites. */
    record Parts(String at, @Nullable Reduction answers, ResidualSites sites) implements RowReading {
        @Override
        public List<HookPoint> captures(ModelShape shape) {
            List<HookPoint> points = new ArrayList<>();
            points.add(HookPoint.of(Site.EMBED));
            points.add(HookPoint.of(Site.RESID_PRE, 0));
            for (int layer = 0; layer < shape.layers(); layer++) {
                points.add(HookPoint.of(Site.Z, layer));
                if (!shape.attentionOnly()) {
                    points.add(HookPoint.of(Site.MLP_OUT, layer));
                }
            }
            points.addAll(AskedResidual.outputScales(shape, Site.LN1_POST_SCALE));
            if (sites.scaled()) {
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
            List<String> labels = new ArrayList<>();
            for (int layer = 0; layer < shape.layers(); layer++) {
                for (int head = 0; head < shape.heads(); head++) {
                    labels.add("L" + layer + "H" + head);
                }
            }
            for (int layer = 0; layer < shape.layers() && !shape.attentionOnly(); layer++) {
                labels.add(layer + "_mlp_out");
            }
            labels.add("embed");
            if (sites.placed()) {
                labels.add("pos_embed");
            }
            labels.add("bias");
            labels.add("unembed_bias");
            return List.of(new Axis("component", labels));
        }

        /** A logit difference is taken apart: what it needs. */
        @Override
        public void check(TokenRows rows) {
            AnswerOption.checkDifference(rows, at, answers, label());
        }

        @Override
        public RowValues read(Batch batch) {
            ModelShape shape = batch.shape();
            AskedResidual asked = new AskedResidual(batch, at, AnswerOption.of(answers), sites.scaled());
            int n = asked.count();
            int width = axes(shape).get(0).size();
            double[][] parts = new double[n][width];
            double[] biases = new double[n];
            int to = 0;
            for (int layer = 0; layer < shape.layers(); layer++) {
                float[] heads = asked.heads(layer);
                float[] bias = asked.attentionBias(layer);
                for (int i = 0; i < n; i++) {
                    biases[i] += bias[i];
                    for (int h = 0; h < shape.heads(); h++) {
                        parts[i][to + h] = heads[i * shape.heads() + h];
                    }
                }
                to += shape.heads();
            }
            for (int layer = 0; layer < shape.layers() && !shape.attentionOnly(); layer++) {
                put(parts, to++, asked.part(HookPoint.of(Site.MLP_OUT, layer)));
            }
            float[] embed = asked.part(HookPoint.of(Site.EMBED));
            float[] start = asked.part(HookPoint.of(Site.RESID_PRE, 0));
            put(parts, to++, embed);
            for (int i = 0; i < n && sites.placed(); i++) {
                parts[i][to] = start[i] - embed[i];
            }
            to += sites.placed() ? 1 : 0;
            for (int i = 0; i < n; i++) {
                parts[i][to] = biases[i];
            }
            put(parts, to + 1, asked.constant());
            check(parts, asked.difference(), asked.rounding());
            RowValues out = RowValues.zeros(batch.rows().rows() * width);
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < width; c++) {
                    out.numerator()[asked.row(i) * width + c] += parts[i][c];
                    out.denominator()[asked.row(i) * width + c]++;
                }
            }
            return out;
        }

        private static void put(double[][] parts, int to, float[] values) {
            for (int i = 0; i < values.length; i++) {
                parts[i][to] = values[i];
            }
        }

        /** The parts sum to the difference within 1e-3 of the largest number involved, and its rounding. */
        static void check(double[][] parts, double[] difference, double[] rounding) {
            for (int i = 0; i < parts.length; i++) {
                double sum = 0;
                double scale = Math.max(1e-6, Math.abs(difference[i]));
                for (double part : parts[i]) {
                    sum += part;
                    scale = Math.max(scale, Math.abs(part));
                }
                // A logit that has reached its soft-cap says nothing about what it was before.
                if (rounding[i] < Double.POSITIVE_INFINITY
                        && !(Math.abs(sum - difference[i]) <= TOLERANCE * scale + rounding[i])) {
                    throw new IllegalStateException("direct attribution: the parts sum to " + sum
                            + ", the logit difference is " + difference[i] + " (scale " + scale + ")");
                }
            }
        }

        @Override
        public String label() {
            return "direct attribution at " + at + AnswerOption.label(answers);
        }
    }

    @Override
    public String title() {
        return "Direct logit attribution";
    }

    @Override
    public String formula() {
        return part()
                + " . (" + AnswerOption.words(answers, "W_U", "", TokenSet.ANSWER) + " - "
                + AnswerOption.words(answers, "W_U", "", TokenSet.WRONG)
                + ") / scale of the final normalisation, centred where that is a"
                + " LayerNorm; `bias` is the sum of all attention output biases, `unembed_bias` what no component writes."
                + sum()
                + " Where a norm follows attention or an MLP, its scale is held too and its gain is in each"
                + " part.";
    }

    private String part() {
        return switch (by) {
            case NEURONS -> "activation * W_out[neuron]";
            case FEATURES -> "activation * W_dec[feature]";
            case COMPONENTS -> "component";
        };
    }

    private String sum() {
        return switch (by) {
            case NEURONS -> " The neurons of a layer and their bias sum to what the MLP writes.";
            case FEATURES ->
                " The features, the decoder's bias and the error sum to what the activation writes that is reconstructed.";
            case COMPONENTS -> " The parts sum to the logit difference, before the soft-cap where the model has one.";
        };
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.BOTH;
    }

    @Override
    public String unit() {
        return "logits";
    }

    @Override
    public Figure figure() {
        return by == By.COMPONENTS ? Figure.BARS : Figure.MAP;
    }

    /** Neurons and features sum to what one MLP or one activation writes, and only all components to the difference. */
    @Override
    public String sumsTo() {
        return by == By.COMPONENTS ? new LogitDifference(at, answers).label() : "";
    }

    @Override
    public boolean searches() {
        return true;
    }
}
