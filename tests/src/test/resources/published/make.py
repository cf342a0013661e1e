"""Shrinks the configurations in configs.json, which are as their repositories publish them, gives each seeded weights, and
writes what transformers computes beside this file: NAME.safetensors with `weights/...`, `tokens` and `logits`. All keys but sizes
stay as they were published. Made with transformers 5.24.0 and torch 2.15 on a CPU, in float32: python make.py"""

import json
import pathlib
import tempfile

import torch
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM

torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent
LENGTH = 13


def shrunk(config):
    """Sizes that are tiny, in the proportions of heads that were published; windows and lengths that a short input meets."""
    out = dict(config)
    shared = out.get("num_attention_heads", 4) // out.get("num_key_value_heads", out.get("num_attention_heads", 4))
    heads = 4 if shared in (1, 2, 4) else 2 * shared
    sizes = {
        "vocab_size": 47, "hidden_size": 8 * heads, "intermediate_size": 40, "num_attention_heads": heads,
        "num_key_value_heads": max(1, heads // shared), "head_dim": 12, "sliding_window": 5,
        "max_position_embeddings": 64, "original_max_position_embeddings": 64, "query_pre_attn_scalar": 12,
        "n_embd": 32, "n_head": 4, "n_layer": 2, "n_positions": 64, "rotary_dim": 4, "num_hidden_layers": 2,
        "max_window_layers": 2, "attn_logit_softcapping": 2.0, "final_logit_softcapping": 3.0,
    }
    for name, size in sizes.items():
        if out.get(name) is not None:
            out[name] = size
    if "layer_types" in out or "_sliding_window_pattern" in out or "sliding_window_pattern" in out:
        out["num_hidden_layers"] = 6
    if "layer_types" in out:
        out["layer_types"] = out["layer_types"][:6]
    rope = out.get("rope_scaling")
    if rope and "original_max_position_embeddings" in rope:
        out["rope_scaling"] = {**rope, "original_max_position_embeddings": 16}
    if rope and "long_factor" in rope:
        out["original_max_position_embeddings"] = 8
        pairs = int(out["hidden_size"] // heads * out.get("partial_rotary_factor", 1)) // 2
        out["rope_scaling"] = {**rope, **{k: rope[k][:: 48 // pairs][:pairs] for k in ("long_factor", "short_factor")}}
    for name in ("pad_token_id", "bos_token_id", "eos_token_id"):
        if out.get(name) is not None:
            out[name] = 1
    return out


def main():
    small = {}
    for number, (name, config) in enumerate(json.loads((HERE / "configs.json").read_text()).items()):
        small[name] = shrunk(config)
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            (folder / "config.json").write_text(json.dumps(small[name]))
            loaded = AutoConfig.from_pretrained(folder)
            torch.manual_seed(number)
            model = AutoModelForCausalLM.from_config(loaded, attn_implementation="eager").float()
            with torch.no_grad():
                for tensor, p in model.named_parameters():
                    gain = ("norm" in tensor or "ln_" in tensor) and tensor.endswith("weight")
                    base = 1 if gain and not loaded.model_type.startswith("gemma") else 0
                    p.copy_(torch.randn_like(p) * (0.2 if gain or tensor.endswith("bias") else 0.25) + base)
            state = {k: v.clone().contiguous() for k, v in model.state_dict().items()}
            if loaded.tie_word_embeddings:
                state.pop("lm_head.weight")
            save_file(state, folder / "model.safetensors", metadata={"format": "pt"})
            model = AutoModelForCausalLM.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()
            tokens = torch.randint(0, 47, (1, LENGTH), generator=torch.manual_seed(3))
            with torch.no_grad():
                logits = model(tokens).logits
        out = {"weights/" + k: v for k, v in state.items()} | {"tokens": tokens, "logits": logits.contiguous()}
        save_file(out, HERE / f"{number}.safetensors", metadata={"format": "pt"})
    (HERE / "shrunk.json").write_text(json.dumps(small, indent=1) + "\n")


main()
