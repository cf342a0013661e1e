package dev.loupe.model.weights;

import dev.loupe.model.config.ConfigException;
import dev.loupe.model.config.QkNorm;
import dev.loupe.model.config.TransformerConfig;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Weight processing as TransformerLens defines it (weight_processing.py): fold norms (biases first, then gains, then
 * centre), centre writing weights, centre the unembedding, fold value biases. Works group by group, so that no more than
 * one block is in memory twice.
 */
public final class WeightProcessing {
    private final TransformerConfig raw;
    private final Set<Processing> steps;

    /** @throws ConfigException where a norm's bias cannot be folded because the MLP is gated */
    public WeightProcessing(TransformerConfig raw, Set<Processing> steps) {
        this.raw = raw;
        this.steps = steps.isEmpty() ? Collections.emptySet() : Collections.unmodifiableSet(EnumSet.copyOf(steps));
        if (does(Processing.FOLD_LN)
                && raw.gatedMlp()
                && raw.inputNormalization().hasBias()) {
            throw new ConfigException(
                    List.of("fold-ln: the bias of a LayerNorm cannot be folded into a gated MLP without a gate bias"));
        }
    }

    private boolean does(Processing step) {
        return steps.contains(step) && step.appliesTo(raw);
    }

    /** The configuration of the processed weights: folded norms have no gain and bias. */
    public TransformerConfig config() {
        return does(Processing.FOLD_LN)
                ? raw.with().normalizationType(raw.normalizationType().folded()).build()
                : raw;
    }

    /** The processed weights; reading follows the order of {@link TlTensors}, one group at a time. */
    public TlWeights apply(TlWeights weights) {
        if (steps.isEmpty()) {
            return weights;
        }
        return new TlWeights() {
            private String at = "";
            private Map<String, float[]> group = Map.of();

            @Override
            public float[] read(String name) {
                return group(name).clone();
            }

            @Override
            public void read(String name, FloatBuffer to) {
                to.put(0, group(name));
            }

            private float[] group(String name) {
                String wanted = groupOf(name);
                if (!wanted.equals(at)) {
                    group = process(wanted, weights);
                    at = wanted;
                }
                float[] values = group.get(name);
                if (values == null) {
                    throw new IllegalArgumentException("no weights named '" + name + "' after processing");
                }
                return values;
            }
        };
    }

    /** The final norm is folded into the unembedding, so the two are one group. */
    private static String groupOf(String name) {
        String group = TlTensors.group(name);
        return group.equals("ln_final") ? "unembed" : group;
    }

    private Map<String, float[]> process(String group, TlWeights weights) {
        Map<String, float[]> t = new HashMap<>();
        for (String name : TlTensors.of(raw).keySet()) {
            if (groupOf(name).equals(group)) {
                t.put(name, weights.read(name));
            }
        }
        if (group.startsWith("blocks.")) {
            block(group + ".", t);
        } else if (group.equals("unembed")) {
            unembedding(t);
        } else if (does(Processing.CENTER_WRITING)) {
            t.values().forEach(matrix -> Matrices.centreRows(matrix, raw.dModel()));
        }
        return t;
    }

    private void block(String at, Map<String, float[]> t) {
        int d = raw.dModel();
        int dh = raw.dHead();
        if (does(Processing.FOLD_LN)) {
            foldInputs(at, t);
            if (raw.actFn().hasNorm() && raw.innerNormalization().hasGain() && !raw.attnOnly()) {
                fold(t, at + "mlp.ln.", at + "mlp.W_out", at + "mlp.b_out", d, true);
            }
        }
        if (does(Processing.CENTER_WRITING)) {
            for (String name : new String[] {"attn.W_O", "attn.b_O", "mlp.W_out", "mlp.b_out"}) {
                if (t.containsKey(at + name)) {
                    Matrices.centreRows(get(t, at + name), d);
                }
            }
        }
        if (does(Processing.FOLD_VALUE_BIASES)) {
            float[] values = get(t, at + "attn.b_V");
            float[] repeated = new float[raw.nHeads() * dh];
            int group = raw.nHeads() / raw.nKeyValueHeads();
            for (int head = 0; head < raw.nHeads(); head++) {
                System.arraycopy(values, head / group * dh, repeated, head * dh, dh);
            }
            Matrices.addProduct(get(t, at + "attn.b_O"), repeated, get(t, at + "attn.W_O"), d);
            java.util.Arrays.fill(values, 0);
        }
        if (does(Processing.ROTATE_HEADS)) {
            rotate(t, at + "attn.", raw.nHeads(), "W_Q", "b_Q", "W_O");
            rotate(t, at + "attn.", raw.nKeyValueHeads(), "W_K", "b_K", "W_V", "b_V");
            if (raw.qkNorm() == QkNorm.PROJECTION) {
                rotate(t, at + "attn.", raw.nHeads(), "q_norm.w");
                rotate(t, at + "attn.", raw.nKeyValueHeads(), "k_norm.w");
            }
        }
    }

    /** The norms on what attention and MLP read. */
    private void foldInputs(String at, Map<String, float[]> t) {
        if (!raw.inputNormalization().hasGain()) {
            return;
        }
        boolean centres = raw.inputNormalization().centres();
        for (String part : new String[] {"Q", "K", "V"}) {
            fold(t, at + "ln1.", at + "attn.W_" + part, at + "attn.b_" + part, raw.dHead(), centres);
        }
        if (raw.attnOnly()) {
            return;
        }
        fold(t, at + "ln2.", at + "mlp.W_in", at + "mlp.b_in", raw.dMlp(), centres);
        if (raw.gatedMlp()) {
            fold(t, at + "ln2.", at + "mlp.W_gate", at + "mlp.b_in", raw.dMlp(), centres);
        }
    }

    /** Heads stand first in each of these; query heads move by as many as share one key-value head. */
    private void rotate(Map<String, float[]> t, String at, int heads, String... names) {
        for (String name : names) {
            float[] values = t.get(at + name);
            if (values != null) {
                int step = values.length / heads * (heads / raw.nKeyValueHeads());
                float[] old = values.clone();
                System.arraycopy(old, 0, values, step, old.length - step);
                System.arraycopy(old, old.length - step, values, 0, step);
            }
        }
    }

    private void unembedding(Map<String, float[]> t) {
        boolean centres = raw.finalNormalization().centres();
        if (does(Processing.FOLD_LN)) {
            fold(t, "ln_final.", "unembed.W_U", "unembed.b_U", raw.dVocabOut(), centres);
        }
        if (does(Processing.CENTER_UNEMBED)) {
            Matrices.centreRows(get(t, "unembed.W_U"), raw.dVocabOut());
            Matrices.centreRows(get(t, "unembed.b_U"), raw.dVocabOut());
        }
    }

    /** Bias first (it needs the matrix as it was), then gain, then centre over what the matrix reads. */
    private static void fold(
            Map<String, float[]> t, String norm, String matrix, String bias, int cols, boolean centres) {
        float[] gain = get(t, norm + "w");
        float[] weights = get(t, matrix);
        if (t.containsKey(norm + "b")) {
            Matrices.addProduct(get(t, bias), get(t, norm + "b"), weights, cols);
        }
        Matrices.scaleRows(weights, gain, cols);
        if (centres) {
            Matrices.centreColumns(weights, gain.length, cols);
        }
    }

    private static float[] get(Map<String, float[]> t, String name) {
        float[] values = t.get(name);
        if (values == null) {
            throw new IllegalStateException("no " + name);
        }
        return values;
    }
}
