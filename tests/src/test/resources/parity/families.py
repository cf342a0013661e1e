"""Writes the folders of the families of today beside this file: tiny seeded models as the hub has them, with transformers'
logits and the value at every hook of TransformerLens, unprocessed and processed. The program stops where the two libraries
disagree. Made with transformers 5.24.0, TransformerLens 3.9.0 and torch 2.15 on a CPU, in float32: python families.py [NAME ...]"""

import importlib
import json
import pathlib
import sys

import torch
from safetensors.torch import save_file
from transformer_lens import HookedTransformer, HookedTransformerConfig, patching
from transformer_lens.pretrained import weight_conversions as convert
from transformers import AutoConfig, AutoModelForCausalLM

torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent
ROWS, LENGTH = 2, 11
LONG = 19  # beyond the original length of phi3-longrope
LLAMA3 = {
    "rope_type": "llama3",
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 16,
    "rope_theta": 500000.0,
}
ANALYSED = ("qwen3", "gemma2", "gemma3-scaled", "phi3", "olmo2", "gptj")
PATCHES = (
    "resid_pre resid_mid attn_out mlp_out block_every attn_head_all_pos_every attn_head_by_pos_every"
    " attn_head_pattern_all_pos attn_head_pattern_by_pos attn_head_pattern_dest_src_pos attn_head_out_all_pos"
    " attn_head_out_by_pos attn_head_q_all_pos attn_head_q_by_pos attn_head_k_all_pos attn_head_k_by_pos"
    " attn_head_v_all_pos attn_head_v_by_pos"
).split()
LOCAL, GLOBAL = "sliding_attention", "full_attention"

# name: the fields that differ from the family's defaults
MODELS = {
    "mistral": dict(
        model_type="mistral", vocab_size=53, hidden_size=32, intermediate_size=40, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, head_dim=12, sliding_window=5, max_position_embeddings=32,
        rope_theta=1000000.0,
    ),
    "mistral-no-window": dict(
        model_type="mistral", vocab_size=47, hidden_size=24, intermediate_size=56, num_hidden_layers=3,
        num_attention_heads=3, num_key_value_heads=1, sliding_window=None, max_position_embeddings=64, rms_norm_eps=1e-5,
        tie_word_embeddings=True,
    ),
    "llama3": dict(
        model_type="llama", vocab_size=59, hidden_size=32, intermediate_size=48, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, head_dim=16, max_position_embeddings=64, rms_norm_eps=1e-5,
        rope_parameters=LLAMA3, tie_word_embeddings=True,
    ),
    "qwen3": dict(
        model_type="qwen3", vocab_size=61, hidden_size=24, intermediate_size=40, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=2, head_dim=16, max_position_embeddings=32, rope_theta=1000000.0,
        tie_word_embeddings=True,
    ),
    "qwen3-biased": dict(
        model_type="qwen3", vocab_size=43, hidden_size=32, intermediate_size=24, num_hidden_layers=3,
        num_attention_heads=2, num_key_value_heads=2, head_dim=8, max_position_embeddings=32, attention_bias=True,
        use_sliding_window=True, sliding_window=4, max_window_layers=1,
    ),
    "gemma2": dict(
        model_type="gemma2", vocab_size=61, hidden_size=32, intermediate_size=48, num_hidden_layers=3,
        num_attention_heads=4, num_key_value_heads=2, head_dim=12, max_position_embeddings=32, sliding_window=6,
        query_pre_attn_scalar=20, attn_logit_softcapping=3.0, final_logit_softcapping=4.0,
    ),
    "gemma2-uncapped": dict(
        model_type="gemma2", vocab_size=53, hidden_size=24, intermediate_size=32, num_hidden_layers=2,
        num_attention_heads=2, num_key_value_heads=1, head_dim=16, max_position_embeddings=32, sliding_window=32,
        attn_logit_softcapping=None, final_logit_softcapping=None, query_pre_attn_scalar=16, attention_bias=True,
        layer_types=[GLOBAL, LOCAL],
    ),
    "gemma3": dict(
        model_type="gemma3_text", vocab_size=61, hidden_size=24, intermediate_size=48, num_hidden_layers=7,
        num_attention_heads=4, num_key_value_heads=1, head_dim=12, max_position_embeddings=64, sliding_window=5,
        query_pre_attn_scalar=12,
    ),
    "gemma3-scaled": dict(
        model_type="gemma3_text", vocab_size=47, hidden_size=32, intermediate_size=40, num_hidden_layers=4,
        num_attention_heads=2, num_key_value_heads=2, head_dim=16, max_position_embeddings=64, sliding_window=7,
        query_pre_attn_scalar=21, sliding_window_pattern=2, rope_scaling={"rope_type": "linear", "factor": 8.0},
        rope_theta=30000.0, rope_local_base_freq=500.0, final_logit_softcapping=5.0,
    ),
    "phi3": dict(
        model_type="phi3", vocab_size=61, hidden_size=32, intermediate_size=44, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=4, max_position_embeddings=32, original_max_position_embeddings=32,
        sliding_window=7, pad_token_id=0,
    ),
    "phi3-longrope": dict(
        model_type="phi3", vocab_size=53, hidden_size=48, intermediate_size=40, num_hidden_layers=2,
        num_attention_heads=3, num_key_value_heads=1, max_position_embeddings=64, original_max_position_embeddings=16,
        partial_rotary_factor=0.75, pad_token_id=0, tie_word_embeddings=True,
        rope_scaling={
            "type": "longrope",
            "short_factor": [1.0, 1.1, 1.25, 1.5, 2.0, 2.5],
            "long_factor": [1.0, 1.5, 2.25, 4.0, 8.0, 16.0],
        },
    ),
    "olmo2": dict(
        model_type="olmo2", vocab_size=61, hidden_size=32, intermediate_size=48, num_hidden_layers=2,
        num_attention_heads=4, num_key_value_heads=4, max_position_embeddings=32, rope_theta=500000.0,
    ),
    "olmo2-grouped": dict(
        model_type="olmo2", vocab_size=47, hidden_size=24, intermediate_size=56, num_hidden_layers=3,
        num_attention_heads=6, num_key_value_heads=2, max_position_embeddings=32, rms_norm_eps=1e-6, attention_bias=True,
        tie_word_embeddings=True,
    ),
    "gptj": dict(
        model_type="gptj", vocab_size=61, n_embd=32, n_layer=2, n_head=4, n_positions=32, rotary_dim=4,
    ),
    "gptj-wide": dict(
        model_type="gptj", vocab_size=53, n_embd=24, n_layer=3, n_head=2, n_positions=32, rotary_dim=12, n_inner=40,
        activation_function="gelu",
    ),
}


def seeded(config, seed):
    torch.manual_seed(seed)
    model = AutoModelForCausalLM.from_config(config, attn_implementation="eager").eval().float()
    less = config.model_type.startswith("gemma")
    with torch.no_grad():
        for name, p in model.named_parameters():
            gain = "norm" in name and name.endswith("weight") or "ln_" in name and name.endswith("weight")
            small = gain or name.endswith("bias")
            p.copy_(torch.randn_like(p) * (0.2 if small else 0.25) + (1 if gain and not less else 0))
    return model


def bases(config):
    """Rotary base of global and of local layers, and the linear factor of the global ones."""
    rope = getattr(config, "rope_parameters", None) or {"rope_theta": 10000.0}
    if GLOBAL in rope:
        return rope[GLOBAL]["rope_theta"], rope[LOCAL]["rope_theta"], rope[GLOBAL].get("factor", 1.0)
    return rope["rope_theta"], None, 1.0


def lens_config(config):
    kind = config.model_type
    d, heads = config.hidden_size, config.num_attention_heads
    keys = getattr(config, "num_key_value_heads", heads)
    head = getattr(config, "head_dim", None) or d // heads
    base, local, factor = bases(config)
    fields = dict(
        n_layers=config.num_hidden_layers, d_model=d, n_heads=heads, d_head=head, n_ctx=config.max_position_embeddings,
        d_vocab=config.vocab_size, positional_embedding_type="rotary", rotary_base=base,
        rotary_dim=getattr(config, "rotary_dim", head), n_key_value_heads=keys if keys != heads else None,
    )
    if kind == "gptj":
        return HookedTransformerConfig(
            **fields, d_mlp=config.n_inner or 4 * d, act_fn=config.activation_function, eps=config.layer_norm_epsilon,
            normalization_type="LN", parallel_attn_mlp=True, rotary_adjacent_pairs=True,
            original_architecture="GPTJForCausalLM",
        )
    if kind in ("gemma2", "gemma3_text"):
        fields["n_key_value_heads"] = keys
        fields.update(
            use_normalization_before_and_after=True, attn_scale=config.query_pre_attn_scalar**0.5,
            attn_scores_soft_cap=config.attn_logit_softcapping or -1.0,
            output_logits_soft_cap=config.final_logit_softcapping or -1.0,
            act_fn=config.hidden_activation,
        )
    else:
        fields["act_fn"] = config.hidden_act
    if kind == "phi3":
        fields["rotary_dim"] = int(head * config.rope_parameters["partial_rotary_factor"])
    if kind in ("qwen3", "gemma3_text"):
        fields["use_qk_norm"] = True
    if kind == "llama":
        rope = config.rope_parameters
        fields.update(
            use_NTK_by_parts_rope=True, NTK_by_parts_low_freq_factor=rope["low_freq_factor"],
            NTK_by_parts_high_freq_factor=rope["high_freq_factor"], NTK_by_parts_factor=rope["factor"],
            NTK_original_ctx_len=rope["original_max_position_embeddings"],
        )
    if local is not None:
        fields.update(rotary_base_local=local, rotary_scaling_factor=factor)
    window = getattr(config, "sliding_window", None)
    kinds = getattr(config, "layer_types", None) or [LOCAL if window else GLOBAL] * config.num_hidden_layers
    if window and LOCAL in kinds:
        fields.update(
            use_local_attn=True, window_size=window, attn_types=["local" if k == LOCAL else "global" for k in kinds]
        )
    names = {
        "mistral": "Mistral", "llama": "Llama", "qwen3": "Qwen3", "gemma2": "Gemma2", "gemma3_text": "Gemma3",
        "phi3": "Phi3", "olmo2": "Olmo2",
    }
    return HookedTransformerConfig(
        **fields, d_mlp=config.intermediate_size, eps=config.rms_norm_eps, normalization_type="RMS", gated_mlp=True,
        original_architecture=names[kind] + "ForCausalLM",
    )


def converted(model, config, cfg):
    kind = {"gemma2": "gemma", "gemma3_text": "gemma"}.get(config.model_type, config.model_type)
    if kind == "olmo2" and cfg.n_key_value_heads is not None:
        # The library converts OLMo 2 without grouped queries only; the tensors are Llama's but for their norms.
        state = grouped_olmo2(model, cfg)
    else:
        state = getattr(convert, f"convert_{kind}_weights")(model, cfg)
    if getattr(config, "attention_bias", False):
        shared = "_" if cfg.n_key_value_heads is not None else ""
        for i, layer in enumerate(model.model.layers):
            for part, under in (("Q", ""), ("K", shared), ("V", shared)):
                bias = getattr(layer.self_attn, part.lower() + "_proj").bias
                state[f"blocks.{i}.attn.{under}b_{part}"] = bias.reshape(-1, cfg.d_head)
            state[f"blocks.{i}.attn.b_O"] = layer.self_attn.o_proj.bias
    return {name: tensor.detach().clone() for name, tensor in state.items()}


def grouped_olmo2(model, cfg):
    state = {"embed.W_E": model.model.embed_tokens.weight, "ln_final.w": model.model.norm.weight}
    state |= {"unembed.W_U": model.lm_head.weight.T, "unembed.b_U": torch.zeros(cfg.d_vocab)}
    for i, layer in enumerate(model.model.layers):
        at, attn, mlp = f"blocks.{i}.", layer.self_attn, layer.mlp
        for part, under in (("Q", ""), ("K", "_"), ("V", "_")):
            weight = getattr(attn, part.lower() + "_proj").weight
            state[f"{at}attn.{under}W_{part}"] = weight.reshape(-1, cfg.d_head, cfg.d_model).transpose(1, 2)
        state[at + "attn.W_O"] = attn.o_proj.weight.T.reshape(cfg.n_heads, cfg.d_head, cfg.d_model)
        state |= {at + "attn.q_norm.w": attn.q_norm.weight, at + "attn.k_norm.w": attn.k_norm.weight}
        state |= {at + "ln1.w": layer.post_attention_layernorm.weight, at + "ln2.w": layer.post_feedforward_layernorm.weight}
        state |= {at + "mlp.W_in": mlp.up_proj.weight.T, at + "mlp.W_gate": mlp.gate_proj.weight.T}
        state |= {at + "mlp.W_out": mlp.down_proj.weight.T, at + "mlp.b_in": torch.zeros(cfg.d_mlp)}
        state |= {at + "mlp.b_out": torch.zeros(cfg.d_model)}
    return state


def rotate_as_transformers(lens, model, config):
    """LongRoPE is not known to TransformerLens: its tables are transformers' own."""
    x = torch.zeros(1, LONG, config.hidden_size)
    cos, sin = model.model.rotary_emb(x, torch.arange(LONG)[None])
    for block in lens.blocks:
        block.attn.rotary_sin, block.attn.rotary_cos = sin[0], cos[0]


def seen(lens, tokens, config, cfg):
    """Every hook by Loupe's names, which are TransformerLens' but where a norm stands on what is written alone."""
    logits, cache = lens.run_with_cache(tokens)
    out = {"logits": logits}
    for name, value in cache.items():
        if config.model_type == "olmo2":
            name = name.replace(".ln1.", ".ln1_post.").replace(".ln2.", ".ln2_post.")
        if "_norm." in name:
            heads = cfg.n_heads if ".q_norm." in name else cfg.n_key_value_heads or cfg.n_heads
            if config.model_type == "olmo2" and name.endswith("hook_scale"):
                value = value[:, :, None, :].expand(-1, -1, heads, -1)
            else:
                value = value.reshape(*tokens.shape, heads, -1)
        out[name] = value
    return {name: value.detach().float().clone().contiguous() for name, value in out.items()}


def reading(lens, cache, direction):
    """A direction of the residual stream at the end, with the final norm's scale held [row, d_model]."""
    read = direction * (lens.ln_final.w if hasattr(lens.ln_final, "w") else 1) / cache["ln_final.hook_scale"][:, -1]
    return read - read.mean(-1, keepdim=True) if lens.cfg.normalization_type.startswith("LN") else read


def parts(lens, cache, read):
    """What each head, MLP, the embedding and the biases add to the logit difference at the end before a soft-cap, [part, row],
    with the scale of every norm on the way held."""
    cfg, end = lens.cfg, -1
    heads, mlps, bias = [], [], torch.zeros(ROWS)
    for i, block in enumerate(lens.blocks):
        after = getattr(block, "ln1_post", None)
        name = "ln1_post"
        if cfg.original_architecture == "Olmo2ForCausalLM":
            after, name = block.ln1, "ln1"
        through = read * after.w / cache[f"blocks.{i}.{name}.hook_scale"][:, end] if after is not None else read
        z = cache[f"blocks.{i}.attn.hook_z"][:, end]
        heads.append(torch.einsum("bhd,hdm,bm->hb", z, block.attn.W_O, through))
        bias = bias + (block.attn.b_O * through).sum(-1)
        mlps.append((cache[f"blocks.{i}.hook_mlp_out"][:, end] * read).sum(-1))
    embed = (cache["hook_embed"][:, end] * read).sum(-1)
    return torch.cat([*heads, torch.stack(mlps), embed[None], bias[None]])


def depths(lens, cache, read):
    """What the residual stream holds of it before each block, between attention and MLP, and at the end [depth, row]."""
    out = []
    for i in range(lens.cfg.n_layers):
        for site in ("pre", "mid"):
            name = f"blocks.{i}.hook_resid_{site}"
            out += [(cache[name][:, -1] * read).sum(-1)] if name in cache else []
    return torch.stack([*out, (cache[f"blocks.{lens.cfg.n_layers - 1}.hook_resid_post"][:, -1] * read).sum(-1)])


def analyses(lens, vocabulary, folder):
    """TransformerLens' patching functions on the processed model, and direct attribution written out here."""
    draw = torch.manual_seed(11)
    clean = torch.randint(0, vocabulary, (ROWS, LENGTH), generator=draw)
    corrupted = clean.clone()
    corrupted[:, 2:5] = torch.randint(0, vocabulary, (ROWS, 3), generator=draw)
    answer, wrong = torch.tensor([3, 8]), torch.tensor([7, 5])

    def metric(logits):
        last = logits[:, -1]
        return (last.gather(1, answer[:, None]) - last.gather(1, wrong[:, None])).mean()

    out = {"clean_tokens": clean, "corrupted_tokens": corrupted, "answer": answer, "wrong": wrong}
    with torch.no_grad():
        logits, cache = lens.run_with_cache(clean)
        out["clean_logit_diff"] = metric(logits)[None]
        out["corrupted_logit_diff"] = metric(lens(corrupted))[None]
        for name in PATCHES:
            if name == "resid_mid" and lens.cfg.parallel_attn_mlp:
                continue
            out["patch/" + name] = getattr(patching, "get_act_patch_" + name)(lens, corrupted, cache, metric)
        direction = (lens.W_U[:, answer] - lens.W_U[:, wrong]).T
        read = reading(lens, cache, direction)
        out["dla/per_component"] = parts(lens, cache, read)
        out["lens/accumulated_logit_diff"] = depths(lens, cache, read)
        before = cache["unembed.hook_out"][:, -1]
        before = before.gather(1, answer[:, None]) - before.gather(1, wrong[:, None])
        whole = out["dla/per_component"].sum(0) + lens.b_U[answer] - lens.b_U[wrong]
        assert (whole - before[:, 0]).abs().max() < 2e-5, folder
    out = {name: value.clone().contiguous() for name, value in out.items()}
    save_file(out, folder / "analyses.safetensors", metadata={"format": "pt"})


def main(names):
    for name in names or MODELS:
        fields = MODELS[name]
        kind = fields["model_type"]
        config = AutoConfig.for_model(**fields)
        model = seeded(config, 100 + list(MODELS).index(name))
        folder = HERE / name
        folder.mkdir(exist_ok=True)
        state = model.state_dict()
        if config.tie_word_embeddings:
            state.pop("lm_head.weight")
        state = {k: v.clone().contiguous() for k, v in state.items()}
        save_file(state, folder / "model.safetensors", metadata={"format": "pt"})
        written = json.loads(config.to_json_string(use_diff=False)) | {"architectures": [type(model).__name__]}
        written.pop("_name_or_path", None)
        (folder / "config.json").write_text(json.dumps(written, indent=2, sort_keys=True) + "\n")
        model = AutoModelForCausalLM.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()

        shape = (ROWS, LONG if name == "phi3-longrope" else LENGTH)
        tokens = torch.randint(0, config.vocab_size, shape, generator=torch.manual_seed(7))
        with torch.no_grad():
            logits = model(tokens).logits
        expected = {"tokens": tokens, "hf_logits": logits.contiguous()}
        for way in ("raw", "processed"):
            cfg = lens_config(config)
            lens = HookedTransformer(cfg).eval()
            state = converted(model, config, cfg)
            processed = way == "processed"
            if processed and kind == "olmo2":
                # Only the final norm stands before a matrix that reads it.
                gain = state["ln_final.w"]
                state["unembed.W_U"] = state["unembed.W_U"] * gain[:, None]
                state["ln_final.w"] = torch.ones_like(gain)
            lens.load_and_process_state_dict(
                state, fold_ln=processed and kind != "olmo2", center_writing_weights=processed and kind == "gptj",
                center_unembed=processed and cfg.output_logits_soft_cap <= 0, fold_value_biases=processed,
            )
            if getattr(config, "rope_parameters", None) and config.rope_parameters.get("rope_type") == "longrope":
                rotate_as_transformers(lens, model, config)
            values = seen(lens, tokens, config, cfg)
            off = (values["logits"] - logits).detach()
            if processed:
                off = off - off.mean(-1, keepdim=True)
            worst = off.abs().max().item()
            print(f"{name} {way}: TransformerLens and transformers differ by {worst:.2g}")
            assert worst < 2e-5, name
            expected |= {f"{way}/{hook}": value for hook, value in values.items()}
            if processed and name in ANALYSED:
                analyses(lens, config.vocab_size, folder)
        save_file(expected, folder / "expected.safetensors", metadata={"format": "pt"})


if __name__ == "__main__":
    main(sys.argv[1:])
