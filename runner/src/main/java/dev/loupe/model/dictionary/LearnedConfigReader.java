package dev.loupe.model.dictionary;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.weights.WeightsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a config.json as dictionary_learning writes it beside {@code ae.pt}. Its dictionaries are made on models as they are on
 * the hub, without weight processing; a scale of activations in training is folded into what is saved.
 */
final class LearnedConfigReader {
    private static final Pattern RESIDUAL = Pattern.compile("resid_post_layer_([0-9]{1,4})");

    /** Those with a threshold for the whole batch compute with it once they are trained. */
    private static final Map<String, DictionaryKind> KINDS = Map.of(
            "AutoEncoder",
            DictionaryKind.STANDARD,
            "GatedAutoEncoder",
            DictionaryKind.GATED,
            "AutoEncoderTopK",
            DictionaryKind.TOPK,
            "BatchTopKSAE",
            DictionaryKind.JUMPRELU,
            "MatryoshkaBatchTopKSAE",
            DictionaryKind.JUMPRELU,
            "JumpReluAutoEncoder",
            DictionaryKind.JUMPRELU);

    private final List<String> problems = new ArrayList<>();
    private final JsonNode trainer;

    private LearnedConfigReader(JsonNode root) {
        this.trainer = root.path("trainer");
    }

    /**
     * @param stated the hook point as a card has it, null where nobody says
     * @throws WeightsException with every problem of the file
     */
    static DictionaryConfig read(Path file, @Nullable HookPoint stated) {
        LearnedConfigReader reader = new LearnedConfigReader(DictionaryJson.read(file));
        DictionaryConfig config = reader.config(stated);
        if (config == null || !reader.problems.isEmpty()) {
            throw new WeightsException(file, reader.problems);
        }
        return config;
    }

    private @Nullable DictionaryConfig config(@Nullable HookPoint stated) {
        if (!trainer.isObject()) {
            problems.add("has no 'trainer', so it is not of dictionary_learning");
            return null;
        }
        String named = JsonWords.text(trainer.path("dict_class"));
        DictionaryKind kind = KINDS.get(named);
        if (kind == null) {
            problems.add("'dict_class' is " + JsonWords.shown(trainer.path("dict_class"))
                    + ", which is not supported; supported are "
                    + String.join(", ", KINDS.keySet().stream().sorted().toList()));
            kind = DictionaryKind.STANDARD;
        }
        int in = size("activation_dim", DictionaryJson.MOST_WIDTH);
        int features = size("dict_size", DictionaryJson.MOST_FEATURES);
        int active = kind == DictionaryKind.TOPK ? size("k", features) : 0;
        HookPoint reads = stated == null ? residual() : stated;
        if (reads == null) {
            return null;
        }
        return new DictionaryConfig(
                kind,
                in,
                in,
                features,
                active,
                false,
                !named.equals("JumpReluAutoEncoder"),
                ActivationScale.NONE,
                reads,
                reads,
                JsonWords.text(trainer.path("lm_name")),
                List.of());
    }

    private int size(String key, int most) {
        return DictionaryJson.size(trainer.path(key), key, most, problems);
    }

    private @Nullable HookPoint residual() {
        JsonNode name = trainer.path("submodule_name");
        Matcher place = RESIDUAL.matcher(JsonWords.text(name));
        if (!place.matches()) {
            problems.add("'submodule_name' is " + JsonWords.shown(name)
                    + "; resid_post_layer_N is understood, and for another activation write a card with `reads`");
            return null;
        }
        int layer = Integer.parseInt(place.group(1));
        JsonNode own = trainer.path("layer");
        if (own.isInt() && own.intValue() != layer) {
            problems.add("'layer' is " + own.intValue() + ", but 'submodule_name' is " + JsonWords.shown(name));
        }
        return HookPoint.of(Site.RESID_POST, layer);
    }
}
