"""Writes the references beside this file: tiny seeded models of every rotary family, run by transformers under each kind of
scaled positions. Made with transformers 5.24.0 and torch 2.x on a CPU: python make.py"""

import importlib
import json
import pathlib
import tempfile

import torch
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM

HERE = pathlib.Path(__file__).parent
LENGTH = 56
KEPT = 8  # last positions of each case
SIZES = {"vocab_size": 23, "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2, "num_attention_heads": 2}
FAMILIES = {
    "llama": {**SIZES, "head_dim": 16, "num_key_value_heads": 1},
    "mistral": {**SIZES, "head_dim": 16, "num_key_value_heads": 1, "sliding_window": None},
    "qwen2": {**SIZES, "head_dim": 16, "num_key_value_heads": 1},
    "gpt_neox": {**SIZES, "hidden_size": 32, "rotary_pct": 0.75},
    "qwen3": {**SIZES, "head_dim": 16, "num_key_value_heads": 1},
    "olmo2": {**SIZES, "hidden_size": 32, "num_key_value_heads": 1},
    "phi3": {**SIZES, "hidden_size": 32, "num_key_value_heads": 1, "pad_token_id": 0},
}
PAIRS = {"gpt_neox": 6}  # 8 elsewhere
YARN = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 16}
LLAMA3 = {
    "rope_type": "llama3",
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 16,
}
LONG_ROPE = {
    "rope_type": "longrope",
    "short_factor": [1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7],
    "long_factor": [1.0, 1.5, 2.0, 3.0, 4.0, 8.0, 16.0, 32.0],
    "original_max_position_embeddings": 16,
}
# name: (fields that are changed, how many tokens)
CASES = {
    "default": ({"max_position_embeddings": 64}, LENGTH),
    "base inside rope_scaling": (
        {"max_position_embeddings": 64, "rope_scaling": {"rope_type": "default", "rope_theta": 500.0}},
        LENGTH,
    ),
    "base inside rope_parameters": (
        {"max_position_embeddings": 64, "rope_parameters": {"rope_type": "default", "rope_theta": 500.0}},
        LENGTH,
    ),
    "linear": ({"max_position_embeddings": 32, "rope_scaling": {"type": "linear", "factor": 2.0}}, LENGTH),
    "dynamic, short": ({"max_position_embeddings": 32, "rope_scaling": {"type": "dynamic", "factor": 2.0}}, 30),
    "dynamic, long": (
        {"max_position_embeddings": 32, "rope_scaling": {"rope_type": "dynamic", "factor": 2.0, "rope_theta": 500.0}},
        LENGTH,
    ),
    "llama3": ({"max_position_embeddings": 64, "rope_scaling": LLAMA3}, LENGTH),
    "llama3 in rope_parameters": (
        {"max_position_embeddings": 64, "rope_parameters": {**LLAMA3, "factor": 32.0, "rope_theta": 50000.0}},
        LENGTH,
    ),
    "yarn": ({"max_position_embeddings": 64, "rope_scaling": YARN}, LENGTH),
    "yarn, original length left out": (
        {"max_position_embeddings": 16, "rope_scaling": {"type": "yarn", "factor": 4.0}},
        LENGTH,
    ),
    "yarn, factor null": ({"max_position_embeddings": 64, "rope_scaling": {**YARN, "factor": None}}, LENGTH),
    "yarn, attention_factor": (
        {"max_position_embeddings": 64, "rope_scaling": {**YARN, "attention_factor": 1.5}},
        LENGTH,
    ),
    "yarn, mscale": (
        {"max_position_embeddings": 64, "rope_scaling": {**YARN, "mscale": 1.5, "mscale_all_dim": 0.7}},
        LENGTH,
    ),
    "yarn, beta": (
        {"max_position_embeddings": 64, "rope_scaling": {**YARN, "beta_fast": 4, "beta_slow": 0.5}},
        LENGTH,
    ),
    "longrope, short": ({"max_position_embeddings": 64, "rope_scaling": LONG_ROPE}, 16),
    "longrope, long": ({"max_position_embeddings": 64, "rope_scaling": {**LONG_ROPE, "rope_theta": 500.0}}, LENGTH),
    "longrope, attention_factor": (
        {"max_position_embeddings": 64, "rope_scaling": {**LONG_ROPE, "attention_factor": 1.5}},
        LENGTH,
    ),
    "yarn, truncate false": (
        {"max_position_embeddings": 64, "rope_scaling": {**YARN, "truncate": False, "rope_theta": 700.0}},
        LENGTH,
    ),
}


def weights(config):
    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_config(config, attn_implementation="eager").eval().float()
    with torch.no_grad():
        for name, p in model.named_parameters():
            gain = name.endswith("norm.weight")
            p.copy_(torch.randn_like(p) * (0.2 if gain or name.endswith("bias") else 0.35) + (1 if gain else 0))
    return {k: v.clone().contiguous() for k, v in model.state_dict().items()}


def main():
    cases, expected = [], {"tokens": torch.randint(0, 23, (1, LENGTH), generator=torch.manual_seed(1))}
    for family, sizes in FAMILIES.items():
        module = importlib.import_module(f"transformers.models.{family}.modeling_{family}")
        plain = AutoConfig.for_model(family, **sizes, max_position_embeddings=64)
        save_file(weights(plain), HERE / f"{family}.safetensors", metadata={"format": "pt"})
        for name, (fields, length) in CASES.items():
            config = {"model_type": family, **sizes, **fields}
            if name.startswith("longrope"):
                rope = config["rope_scaling"] = dict(config["rope_scaling"])
                for key in ("short_factor", "long_factor"):
                    rope[key] = rope[key][: PAIRS.get(family, 8)]
            if family == "phi3":
                if not name.startswith(("default", "longrope", "base")):
                    continue
                if name.startswith("longrope"):
                    # Its configuration class reads the original length beside the parameters, or takes 4096.
                    config["original_max_position_embeddings"] = 16
                else:
                    config["original_max_position_embeddings"] = 64
            if family == "gpt_neox" and "rope_parameters" in config:
                config["rope_parameters"] = {**config["rope_parameters"], "partial_rotary_factor": config.pop("rotary_pct")}
            with tempfile.TemporaryDirectory() as folder:
                folder = pathlib.Path(folder)
                (folder / "config.json").write_text(json.dumps({**config, "architectures": ["X"]}))
                (folder / "model.safetensors").write_bytes((HERE / f"{family}.safetensors").read_bytes())
                model = AutoModelForCausalLM.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32)
            rotated = []
            turn = module.apply_rotary_pos_emb

            def watched(*args, **kwargs):
                rotated.append(turn(*args, **kwargs))
                return rotated[-1]

            module.apply_rotary_pos_emb = watched
            with torch.no_grad():
                logits = model.eval()(expected["tokens"][:, :length]).logits
            module.apply_rotary_pos_emb = turn
            number = str(len(cases))
            cases.append({"name": f"{family}: {name}", "config": config, "length": length})
            expected[number + "/logits"] = logits[:, -KEPT:].contiguous()
            expected[number + "/rot_q"] = rotated[0][0].transpose(1, 2)[:, -KEPT:].contiguous()
            expected[number + "/rot_k"] = rotated[0][1].transpose(1, 2)[:, -KEPT:].contiguous()
    (HERE / "cases.json").write_text(json.dumps(cases, indent=1) + "\n")
    save_file(expected, HERE / "expected.safetensors", metadata={"format": "pt"})


main()
