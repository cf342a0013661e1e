package dev.loupe.model.dictionary;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.hook.HookPoint;
import dev.loupe.model.weights.WeightsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a cfg.json as EleutherAI's sparsify writes it beside {@code sae.safetensors}: the largest k after ReLU of what is read minus
 * the decoder's bias. Its folders are named by modules of transformers ({@code layers.10.mlp}), which say which activation is meant
 * for some models only, so that a spec or a card has to say it.
 */
final class SparsifyConfigReader {
    private static final Pattern MODULE =
            Pattern.compile("(?:.*\\.)?(?:layers|h)\\.([0-9]{1,4})(?:\\.(mlp|self_attn|attn|attention))?");

    /** Of training alone; the decoder lies in the file as it was made. */
    private static final Set<String> TRAINING = Set.of("normalize_decoder", "multi_topk");

    private static final Set<String> READ = Set.of(
            "d_in", "expansion_factor", "num_latents", "k", "activation", "signed", "skip_connection", "transcode");

    private final Path file;
    private final JsonNode root;
    private final List<String> problems = new ArrayList<>();

    private SparsifyConfigReader(Path file) {
        this.file = file;
        this.root = DictionaryJson.read(file);
    }

    /** @throws WeightsException with every problem of the file */
    static DictionaryConfig read(Path file, StatedHooks stated) {
        SparsifyConfigReader reader = new SparsifyConfigReader(file);
        DictionaryConfig config = reader.config(stated);
        if (config == null || !reader.problems.isEmpty()) {
            throw new WeightsException(file, reader.problems);
        }
        return config;
    }

    private @Nullable DictionaryConfig config(StatedHooks stated) {
        if (!root.isObject()) {
            problems.add("does not contain a JSON object");
            return null;
        }
        int in = DictionaryJson.size(root.path("d_in"), "d_in", DictionaryJson.MOST_WIDTH, problems);
        int features = features(in);
        int active = DictionaryJson.size(root.path("k"), "k", features, problems);
        JsonNode activation = root.path("activation");
        if (!JsonWords.nothing(activation) && !JsonWords.text(activation).equals("topk")) {
            problems.add("'activation' is " + JsonWords.shown(activation) + ", which is not supported: topk is");
        }
        no("signed", "the largest by magnitude are not supported in this format");
        no("skip_connection", "it is not supported in this format");
        no(
                "transcode",
                "it reads what its module reads, which for an MLP is the norm with its gain and is not a hook point, so it is not "
                        + "supported");
        root.fieldNames().forEachRemaining(key -> {
            if (!READ.contains(key) && !TRAINING.contains(key) && !JsonWords.nothing(root.get(key))) {
                problems.add("'" + JsonWords.cut(key) + "' is not known, and neither is what it changes");
            }
        });
        HookPoint reads = stated.reads();
        if (reads == null) {
            problems.add(DictionaryFormat.unsaid("sparsify", example(), ""));
            return null;
        }
        return new DictionaryConfig(
                DictionaryKind.TOPK,
                in,
                in,
                features,
                active,
                false,
                true,
                ActivationScale.NONE,
                reads,
                reads,
                "",
                List.of());
    }

    private int features(int in) {
        JsonNode own = root.path("num_latents");
        if (JsonWords.nothing(own) || (own.isInt() && own.intValue() == 0)) {
            int factor = DictionaryJson.size(
                    root.path("expansion_factor"), "expansion_factor", DictionaryJson.MOST_FEATURES / in, problems);
            return in * factor;
        }
        return DictionaryJson.size(own, "num_latents", DictionaryJson.MOST_FEATURES, problems);
    }

    private void no(String key, String why) {
        JsonNode flag = root.path(key);
        if (!JsonWords.nothing(flag) && !(flag.isBoolean() && !flag.booleanValue())) {
            problems.add("'" + key + "' is " + JsonWords.shown(flag) + ": " + why);
        }
    }

    /** What the folder's name stands for in most models, for the example in an error. */
    private String example() {
        Path folder = file.toAbsolutePath().getParent();
        Matcher m = MODULE.matcher(folder == null ? "" : String.valueOf(folder.getFileName()));
        if (!m.matches()) {
            return "blocks.10.hook_resid_post";
        }
        String module = m.group(2);
        return "blocks." + m.group(1)
                + (module == null ? ".hook_resid_post" : module.equals("mlp") ? ".hook_mlp_out" : ".hook_attn_out");
    }
}
