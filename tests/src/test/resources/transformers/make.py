"""Writes the folders beside this file: tiny seeded models as the hub has them, with transformers' logits and what each block but the
last leaves in the residual stream. Made with transformers 5.24.0 and torch 2.15 on a CPU, in float32: python make.py"""

import pathlib

import torch
from safetensors.torch import save_file
from transformers import AutoConfig, AutoModelForCausalLM

torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent
SMALL = dict(vocab_size=41, intermediate_size=40, num_hidden_layers=2, num_attention_heads=6, max_position_embeddings=32)

# name: the fields that differ from the family's defaults
MODELS = {
    "phi": dict(model_type="phi", hidden_size=48, num_key_value_heads=2, **SMALL),
    "phi-scaled": dict(
        model_type="phi", hidden_size=48, **SMALL,
        rope_parameters={"rope_type": "linear", "factor": 4.0, "rope_theta": 500.0, "partial_rotary_factor": 0.75},
    ),
    "stablelm": dict(model_type="stablelm", hidden_size=48, num_key_value_heads=3, use_qkv_bias=True, **SMALL),
    "stablelm-parallel": dict(
        model_type="stablelm", hidden_size=48, num_key_value_heads=6, use_parallel_residual=True, tie_word_embeddings=True,
        **SMALL,
    ),
    "glm": dict(model_type="glm", hidden_size=24, head_dim=8, pad_token_id=0, **SMALL),
    "glm-unbiased": dict(
        model_type="glm", hidden_size=24, head_dim=16, num_key_value_heads=6, attention_bias=False, pad_token_id=0, **SMALL,
    ),
    "gemma": dict(model_type="gemma", hidden_size=24, head_dim=12, num_key_value_heads=1, **SMALL),
    "llama-quick-gelu": dict(
        model_type="llama", hidden_size=24, head_dim=6, num_key_value_heads=2, hidden_act="quick_gelu", attention_bias=True, **SMALL,
    ),
}


def seeded(config, seed):
    torch.manual_seed(seed)
    model = AutoModelForCausalLM.from_config(config, attn_implementation="eager").eval().float()
    gain = 0 if config.model_type == "gemma" else 1
    with torch.no_grad():
        for name, p in model.named_parameters():
            norm = "norm" in name and name.endswith("weight")
            p.copy_(torch.randn_like(p) * (0.2 if norm or name.endswith("bias") else 0.3) + (gain if norm else 0))
    return model


for number, (name, fields) in enumerate(MODELS.items()):
    model = seeded(AutoConfig.for_model(**fields), 200 + number)
    folder = HERE / name
    model.save_pretrained(folder)
    (folder / "generation_config.json").unlink(missing_ok=True)
    tokens = torch.randint(0, 41, (2, 13), generator=torch.Generator().manual_seed(number))
    with torch.no_grad():
        seen = model(tokens, output_hidden_states=True)
    out = {"tokens": tokens, "logits": seen.logits}
    for block, residual in enumerate(seen.hidden_states[1:-1]):
        out[f"blocks.{block}.hook_resid_post"] = residual
    save_file({key: value.clone().contiguous() for key, value in out.items()}, folder / "expected.safetensors")
    print(name, seen.logits.abs().max().item())
