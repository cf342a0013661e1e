package dev.loupe.model.dictionary;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.weights.WeightsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a cfg.json as SAELens writes it, and the flat form of its versions before 6. Every key is obeyed, is known to change
 * nothing, or is refused by its name; all problems of a file are told at once.
 */
final class DictionaryConfigReader {
    /** Their names before version 6. */
    private static final Map<String, String> EARLIER = Map.of(
            "hook_name",
            "hook_point",
            "hook_head_index",
            "hook_point_head_index",
            "activation_fn",
            "activation_fn_str");

    private static final List<String> PROCESSING =
            List.of("fold_ln", "center_writing_weights", "center_unembed", "fold_value_biases");

    private final Path file;
    private final JsonNode root;
    /** Where what concerns the model stands. */
    private final JsonNode about;

    private final List<String> problems = new ArrayList<>();
    private final Set<String> read = new HashSet<>();

    private DictionaryConfigReader(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
        this.about = root.path("metadata").isObject() ? root.path("metadata") : root;
    }

    /** @throws WeightsException with every problem of the file */
    static DictionaryConfig read(Path file) {
        JsonNode root = DictionaryJson.read(file);
        if (!root.isObject()) {
            throw new WeightsException(file, List.of("does not contain a JSON object"));
        }
        return new DictionaryConfigReader(file, root).config();
    }

    private DictionaryConfig config() {
        DictionaryKind kind = kind();
        int in = size("d_in", DictionaryJson.MOST_WIDTH);
        int features = size("d_sae", DictionaryJson.MOST_FEATURES);
        int out = kind.transcodes() ? size("d_out", DictionaryJson.MOST_WIDTH) : in;
        int active = kind.countsActive() ? active(features) : 0;
        boolean rescaled = kind.countsActive() && flag("rescale_acts_by_decoder_norm", false);
        // What SAELens takes where a file says nothing.
        boolean centred = flag("apply_b_dec_to_input", !kind.transcodes());
        if (centred && kind.transcodes()) {
            problems.add(
                    "'apply_b_dec_to_input' is true, which a transcoder cannot obey: its decoder's bias has the width of "
                            + "its output");
        }
        ActivationScale scale = scale();
        HookPoint reads = hook("hook_name", DictionarySites.read(kind.transcodes()));
        HookPoint writes = kind.transcodes() ? hook("hook_name_out", Set.of(Site.MLP_OUT)) : reads;
        for (String key : List.of("hook_head_index", "hook_head_index_out")) {
            if (!JsonWords.nothing(node(about, key))) {
                problems.add("'" + key + "' is " + JsonWords.shown(node(about, key))
                        + ", and a dictionary for one head alone is not supported");
            }
        }
        layers(reads, writes);
        reshaped(reads);
        String model = JsonWords.text(node(about, "model_name"));
        @Nullable List<String> processing = processing();
        others();
        if (!problems.isEmpty() || reads == null || writes == null) {
            throw new WeightsException(file, problems);
        }
        return new DictionaryConfig(
                kind, in, out, features, active, rescaled, centred, scale, reads, writes, model, processing);
    }

    /** A value, which is known from now on. */
    private JsonNode node(JsonNode from, String key) {
        read.add(key);
        String earlier = EARLIER.get(key);
        if (earlier != null) {
            read.add(earlier);
        }
        JsonNode own = from.path(key);
        return own.isMissingNode() && earlier != null && about == root ? from.path(earlier) : own;
    }

    private DictionaryKind kind() {
        String word = root.hasNonNull("architecture") ? JsonWords.text(node(root, "architecture")) : "standard";
        read.add("architecture");
        String function = JsonWords.text(node(root, "activation_fn"));
        JsonNode options = node(root, "activation_fn_kwargs");
        if (function.equals("topk") && options.hasNonNull("k")) {
            word = "topk";
        } else if (!function.isEmpty() && !function.equals("relu")) {
            problems.add("'activation_fn' is '" + function + "', which is not supported: relu and topk are");
        }
        if (!flag("finetuning_scaling_factor", false)) {
            DictionaryKind kind = DictionaryKind.of(word);
            if (kind != null) {
                return kind;
            }
            if (word.contains("batchtopk")) {
                read.addAll(List.of("k", "rescale_acts_by_decoder_norm"));
            }
            problems.add("'architecture' is '" + word + "', which is not supported"
                    + (word.contains("batchtopk")
                            ? ": it is a form for training; `save_inference_model(FOLDER)` of SAELens writes it as "
                                    + "jumprelu, which is read"
                            : "; supported are "
                                    + String.join(
                                            ", ",
                                            java.util.Arrays.stream(DictionaryKind.values())
                                                    .map(DictionaryKind::word)
                                                    .toList())));
        } else {
            problems.add("'finetuning_scaling_factor' is true, which is not supported");
        }
        return DictionaryKind.STANDARD;
    }

    private int active(int features) {
        JsonNode own = node(root, "k");
        JsonNode k = own.isMissingNode() ? root.path("activation_fn_kwargs").path("k") : own;
        if (!k.canConvertToInt() || k.doubleValue() != k.intValue() || k.intValue() < 1 || k.intValue() > features) {
            problems.add("'k' must be a whole number from 1 to 'd_sae', is " + JsonWords.shown(k));
            return 1;
        }
        return k.intValue();
    }

    private int size(String key, int most) {
        return DictionaryJson.size(node(root, key), key, most, problems);
    }

    private boolean flag(String key, boolean otherwise) {
        JsonNode flag = node(root, key);
        if (JsonWords.nothing(flag)) {
            return otherwise;
        }
        if (!flag.isBoolean()) {
            problems.add("'" + key + "' must be true or false, is " + JsonWords.shown(flag));
        }
        return flag.booleanValue();
    }

    private ActivationScale scale() {
        JsonNode node = node(root, "normalize_activations");
        if (JsonWords.nothing(node) || node.isBoolean()) {
            return node.booleanValue() ? ActivationScale.EXPECTED_AVERAGE_ONLY_IN : ActivationScale.NONE;
        }
        ActivationScale scale = ActivationScale.of(JsonWords.text(node));
        if (scale == null) {
            problems.add("'normalize_activations' is " + JsonWords.shown(node) + ", which is not supported");
            return ActivationScale.NONE;
        }
        return scale;
    }

    private @Nullable HookPoint hook(String key, Set<Site> allowed) {
        JsonNode node = node(about, key);
        if (JsonWords.nothing(node)) {
            problems.add("'" + key + "' is missing" + (about == root ? "" : " in 'metadata'")
                    + ", so which activation it is for is not known");
            return null;
        }
        Optional<HookPoint> point = HookPoint.parse(JsonWords.text(node));
        if (point.isEmpty() || !allowed.contains(point.get().site())) {
            problems.add("'" + key + "' is " + JsonWords.shown(node) + "; a "
                    + (allowed.contains(Site.Z) ? "dictionary" : "transcoder") + " can be at "
                    + DictionarySites.shown(allowed));
            return null;
        }
        return point.get();
    }

    private void layers(@Nullable HookPoint reads, @Nullable HookPoint writes) {
        if (reads != null && writes != null && reads.layer() != writes.layer()) {
            problems.add("'hook_name' is in layer " + reads.layer() + " and 'hook_name_out' in layer " + writes.layer()
                    + ", which is not supported");
        }
        for (String key : List.of("hook_layer", "hook_point_layer")) {
            JsonNode layer = about.path(key);
            if (reads != null && layer.isInt() && layer.intValue() != reads.layer()) {
                problems.add("'" + key + "' is " + layer.intValue() + ", but 'hook_name' is " + reads.name());
            }
        }
    }

    /** Heads side by side are one vector, which the configuration has to say. */
    private void reshaped(@Nullable HookPoint reads) {
        JsonNode node = node(root, "reshape_activations");
        boolean heads = reads != null && reads.site() == Site.Z;
        String word = JsonWords.nothing(node) ? (about == root && heads ? "hook_z" : "none") : JsonWords.text(node);
        if (reads != null && !word.equals(heads ? "hook_z" : "none")) {
            problems.add("'reshape_activations' is '" + word + "', but at " + reads.name() + " it must be "
                    + (heads ? "hook_z" : "none"));
        }
    }

    private @Nullable List<String> processing() {
        JsonNode options = node(about, "model_from_pretrained_kwargs");
        if (!options.isObject()) {
            return null;
        }
        List<String> steps = new ArrayList<>();
        options.fieldNames().forEachRemaining(key -> {
            if (PROCESSING.contains(key)) {
                if (options.get(key).asBoolean()) {
                    steps.add(key);
                }
            } else if (!key.equals("device") && !key.equals("dtype") && !key.equals("n_devices")) {
                problems.add("'model_from_pretrained_kwargs' has '" + key + "', which is not known");
            }
        });
        return steps;
    }

    /** What is left must be known to change nothing. In {@code metadata} there may be anything. */
    private void others() {
        read.add("metadata");
        root.fieldNames().forEachRemaining(key -> {
            boolean absent = JsonWords.nothing(root.get(key));
            if (!read.contains(key) && !NeutralKeys.has(key) && !absent) {
                problems.add("'" + JsonWords.cut(key) + "' is not known, and neither is what it changes");
            }
        });
    }
}
