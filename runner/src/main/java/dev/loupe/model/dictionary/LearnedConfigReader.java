package dev.loupe.model.dictionary;

import com.fasterxml.jackson.databind.JsonNode;
import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import dev.loupe.model.weights.WeightsException;
import dev.loupe.tensors.PythonJson;
import java.io.IOException;
import java.nio.file.Files;
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
    private static final long MAX_BYTES = 16 << 20;
    private static final int MOST_FEATURES = 1 << 22;
    private static final int MOST_WIDTH = 1 << 17;
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
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new WeightsException(file, List.of("is larger than " + MAX_BYTES + " bytes"));
            }
            LearnedConfigReader reader = new LearnedConfigReader(PythonJson.read(Files.readAllBytes(file)));
            DictionaryConfig config = reader.config(stated);
            if (config == null || !reader.problems.isEmpty()) {
                throw new WeightsException(file, reader.problems);
            }
            return config;
        } catch (PythonJson.NotJson e) {
            throw new WeightsException(file, List.of(e.getMessage()));
        } catch (IOException e) {
            throw new WeightsException(file, List.of("cannot be read"));
        }
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
        int in = size("activation_dim", MOST_WIDTH);
        int features = size("dict_size", MOST_FEATURES);
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
        JsonNode size = trainer.path(key);
        if (!size.isIntegralNumber() || !size.canConvertToInt() || size.intValue() < 1 || size.intValue() > most) {
            problems.add("'" + key + "' must be a whole number from 1 to " + most + ", is " + JsonWords.shown(size));
            return 1;
        }
        return size.intValue();
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
