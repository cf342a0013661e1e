"""Writes defaults.json beside this file: what every field of transformers' configuration classes is when a config.json
leaves it out, and what it is when the config.json sets it to null ("refused" where that is an error). Made with transformers
5.24.0: python make.py"""

import json
import pathlib

import transformers
from transformers import AutoConfig

out = {"transformers": transformers.__version__}
for kind in ["llama", "mistral", "qwen2", "gpt2", "gpt_neox", "gpt_neo", "opt", "qwen3", "gemma2", "gemma3_text", "phi3", "olmo2", "gptj", "phi", "stablelm", "glm", "gemma"]:
    config = type(AutoConfig.for_model(kind))
    own = [f for f in config.__dataclass_fields__ if f not in transformers.PretrainedConfig.__dataclass_fields__]
    out[kind] = fields = {}
    for field in own + ["tie_word_embeddings"]:
        missing = config.__dataclass_fields__[field].default
        try:
            config.from_dict({field: None})
            null = "allowed"
        except Exception:
            null = "refused"
        fields[field] = {"missing": missing, "null": null}
pathlib.Path(__file__).with_name("defaults.json").write_text(json.dumps(out, indent=1) + "\n")
