"""Writes GGUF files of the models in ../parity beside this file, with the keys, names and numbers that llama.cpp's converter
gives these families (convert_hf_to_gguf.py, 2026). Made with the gguf package 0.19.0: python families.py"""

import json
import pathlib

import gguf
import numpy as np
from safetensors.numpy import load_file

HERE = pathlib.Path(__file__).parent
PARITY = HERE.parent / "parity"
NAMES = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "self_attn.qkv_proj": "attn_qkv",
    "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.gate_up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
    "input_layernorm": "attn_norm",
    "pre_feedforward_layernorm": "ffn_norm",
    "post_feedforward_layernorm": "post_ffw_norm",
}
WHOLE = {"model.embed_tokens": "token_embd", "model.norm": "output_norm", "lm_head": "output"}
ARCHITECTURES = {"gemma3_text": "gemma3", "mistral": "llama"}


def name(hub, kind):
    base, end = hub.rsplit(".", 1)
    if base in WHOLE:
        return f"{WHOLE[base]}.{end}"
    layer, part = base.removeprefix("model.layers.").split(".", 1)
    after = "post_attention_norm" if kind in ("gemma2", "gemma3_text", "olmo2") else "ffn_norm"
    return f"blk.{layer}.{NAMES.get(part, after)}.{end}"


def permuted(weights, heads):
    """Rows of queries and keys as neighbours, as the converter lays Llama's."""
    shape = weights.shape
    return weights.reshape(heads, 2, shape[0] // heads // 2, *shape[1:]).swapaxes(1, 2).reshape(shape)


def write(model, local=None):
    folder = PARITY / model
    config = json.loads((folder / "config.json").read_text())
    kind = config["model_type"]
    architecture = ARCHITECTURES.get(kind, kind)
    out = gguf.GGUFWriter(HERE / f"{model}.gguf", architecture)
    out.add_block_count(config["num_hidden_layers"])
    out.add_context_length(config["max_position_embeddings"])
    out.add_embedding_length(config["hidden_size"])
    out.add_feed_forward_length(config["intermediate_size"])
    out.add_head_count(config["num_attention_heads"])
    out.add_head_count_kv(config["num_key_value_heads"])
    out.add_layer_norm_rms_eps(config["rms_norm_eps"])
    head = config.get("head_dim") or config["hidden_size"] // config["num_attention_heads"]
    out.add_key_length(head)
    out.add_value_length(head)
    rope = config["rope_parameters"]
    whole = rope.get("full_attention", rope)
    out.add_rope_freq_base(whole["rope_theta"])
    out.add_rope_dimension_count(int(head * whole.get("partial_rotary_factor", 1.0)))
    if whole["rope_type"] == "linear":
        out.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        out.add_rope_scaling_factor(whole["factor"])
    if kind == "gemma2":
        out.add_attn_logit_softcapping(config["attn_logit_softcapping"])
    if config.get("final_logit_softcapping"):
        out.add_final_logit_softcapping(config["final_logit_softcapping"])
    if kind in ("gemma2", "gemma3_text", "mistral") and config["sliding_window"]:
        out.add_sliding_window(config["sliding_window"])
    if kind == "phi3":
        out.add_sliding_window(config["sliding_window"] or 0)
        original = config["original_max_position_embeddings"]
        out.add_rope_scaling_orig_ctx_len(original)
        if "long_factor" in whole:
            scale = config["max_position_embeddings"] / original
            out.add_rope_scaling_attn_factors(float(np.sqrt(1 + np.log(scale) / np.log(original))))
            out.add_tensor("rope_factors_long.weight", np.array(whole["long_factor"], np.float32))
            out.add_tensor("rope_factors_short.weight", np.array(whole["short_factor"], np.float32))
    if local is not None:
        out.add_rope_freq_base_swa(rope["sliding_attention"]["rope_theta"])
        out.add_sliding_window_pattern(local)
    for hub, weights in load_file(folder / "model.safetensors").items():
        if kind.startswith("gemma") and hub.endswith("norm.weight"):
            weights = weights + np.float32(1)
        if architecture == "llama" and ".q_proj." in hub:
            weights = permuted(weights, config["num_attention_heads"])
        if architecture == "llama" and ".k_proj." in hub:
            weights = permuted(weights, config["num_key_value_heads"])
        out.add_tensor(name(hub, kind), np.ascontiguousarray(weights))
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()


for one in ("mistral", "qwen3", "gemma2", "gemma3", "phi3", "phi3-longrope", "olmo2", "olmo2-grouped"):
    write(one)
write("gemma3-scaled", local=[True, False, True, False])
