package dev.loupe.model.family;

import dev.loupe.model.config.TransformerConfig;
import dev.loupe.model.config.TransformerConfigBuilder;
import java.util.List;
import java.util.Map;

/** Gemma's first generation: as Llama, with gains that are stored less 1 and a scaled embedding. */
record GemmaFamily() implements HubArchitecture {
    @Override
    public List<String> modelTypes() {
        return List.of("gemma");
    }

    @Override
    public String prefix() {
        return "model.";
    }

    @Override
    public TransformerConfig config(ConfigJson json) {
        TransformerConfigBuilder c = LlamaTrunk.ofLlama(json);
        if (json.text("hidden_act", "").equals("gelu")) {
            json.problem(
                    "'hidden_act': 'gelu' is not supported for this family: versions of transformers differ in whether they "
                            + "compute gelu or gelu_pytorch_tanh; write the one that the model was trained with as hidden_act "
                            + "(gelu_python for the exact function)");
        }
        json.unsupported("sliding_window");
        LlamaTrunk.sameWindows(json, c, -1);
        json.check();
        return c.build();
    }

    @Override
    public Map<String, HubRule> rules(TransformerConfig c, ConfigJson json) {
        return LlamaLayout.ofGemma(LlamaLayout.BEFORE, c, json.flag("attention_bias"))
                .rules(c, json);
    }
}
