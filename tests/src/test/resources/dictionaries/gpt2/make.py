"""Writes the dictionaries beside this file, for ../../parity/gpt2, and `expected.json`: what SAELens' HookedSAETransformer
computes with them on the rows of ../../parity/gpt2/analyses.safetensors.
Made with sae-lens 6.54.12 and transformer-lens 3.9.0 on a CPU: python make.py"""

import json
import os
import pathlib
from functools import partial

import torch
from sae_lens import HookedSAETransformer, SAE
from safetensors.torch import load_file
from transformer_lens import HookedTransformerConfig
from transformer_lens.pretrained.weight_conversions import convert_gpt2_weights
from transformers import GPT2LMHeadModel

HERE = pathlib.Path(__file__).parent
MODEL = HERE.parent.parent / "parity" / "gpt2"
COMMON = {"d_in": 32, "dtype": "float32", "device": "cpu", "apply_b_dec_to_input": False, "normalize_activations": "none"}
CASES = {
    "resid": ({**COMMON, "apply_b_dec_to_input": True, "normalize_activations": "layer_norm"}, "standard", 48,
              {"hook_name": "blocks.1.hook_resid_pre"}),
    "heads": ({**COMMON, "reshape_activations": "hook_z"}, "jumprelu", 40, {"hook_name": "blocks.0.attn.hook_z"}),
    "mlp": ({**COMMON, "d_out": 32}, "skip_transcoder", 56,
            {"hook_name": "blocks.1.ln2.hook_normalized", "hook_name_out": "blocks.1.hook_mlp_out"}),
    "top": ({**COMMON, "k": 5, "rescale_acts_by_decoder_norm": True}, "topk", 44, {"hook_name": "blocks.1.hook_mlp_out"}),
}


def model():
    hf = GPT2LMHeadModel.from_pretrained(MODEL).eval()
    cfg = HookedTransformerConfig(n_layers=2, d_model=32, n_ctx=24, d_head=8, n_heads=4, d_mlp=64, d_vocab=61,
                                  act_fn="gelu_new", normalization_type="LN", eps=1e-5, device="cpu")
    out = HookedSAETransformer(cfg)
    out.load_and_process_state_dict(convert_gpt2_weights(hf, cfg), fold_ln=False, center_writing_weights=False,
                                    center_unembed=False, fold_value_biases=False)
    return out.eval()


def dictionary(name, seed):
    options, kind, width, hooks = CASES[name]
    sae = SAE.from_dict({**options, "d_sae": width, "architecture": kind,
                         "metadata": {"model_name": "gpt2", "prepend_bos": False, "context_size": 24,
                                      "model_from_pretrained_kwargs": {}, **hooks}})
    g = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for key, p in sae.named_parameters():
            scale = {"threshold": 0.05, "b_enc": 0.1, "W_skip": 0.05}.get(key, 0.3)
            value = torch.randn(p.shape, generator=g) * scale
            p.copy_(value.abs() if key == "threshold" else value)
    sae.save_model(HERE / name)
    for file in (HERE / name).iterdir():
        os.chmod(file, 0o644)
    return sae


def main():
    tl = model()
    rows = load_file(MODEL / "analyses.safetensors")
    tokens, corrupted = rows["clean_tokens"], rows["corrupted_tokens"]
    answer, wrong = rows["answer"], rows["wrong"]

    def difference(logits):
        last = logits[:, -1]
        i = torch.arange(len(last))
        return (last[i, answer] - last[i, wrong]).mean().item()

    def hooked(point, edit, error=True):
        hooks = [(point, edit)]
        if not error and hasattr(sae, "W_skip"):
            # HookedSAETransformer leaves the skip of a transcoder out; its own forward() has it.
            seen = {}
            hooks.append((sae.cfg.metadata.hook_name, lambda x, hook: seen.update(x=x)))
            hooks.append((sae.cfg.metadata.hook_name_out + ".hook_sae_output", lambda y, hook: y + seen["x"] @ sae.W_skip.T))
        with tl.saes(saes=[sae], use_error_term=error):
            return difference(tl.run_with_hooks(tokens, fwd_hooks=hooks))

    expected = {"clean": difference(tl(tokens))}
    for seed, name in enumerate(CASES):
        sae = dictionary(name, seed)
        out = CASES[name][3].get("hook_name_out", CASES[name][3]["hook_name"])
        point = out + ".hook_sae_acts_post"
        with tl.saes(saes=[sae], use_error_term=True):
            logits, cache = tl.run_with_cache(tokens)
            _, other = tl.run_with_cache(corrupted)
        features, theirs = cache[point], other[point]
        # Some that are active often enough to matter.
        chosen = features.mean((0, 1)).argsort(descending=True)[:3].tolist()

        def ablate(f, hook, which):
            f = f.clone()
            f[..., which] = 0
            return f

        def patch(f, hook):
            f = f.clone()
            f[..., chosen[0]] = theirs[..., chosen[0]]
            return f

        def mean(f, hook):
            f = f.clone()
            f[..., chosen[1]] = features[..., chosen[1]].mean((0, 1))
            return f

        expected[name] = {
            "chosen": chosen,
            "activation": [features[..., c].mean().item() for c in chosen],
            "largest": [features[..., c].amax(1).mean().item() for c in chosen],
            "with-error": difference(logits),
            "without-error": hooked(point, lambda f, hook: f, error=False),
            "each": [hooked(point, partial(ablate, which=[i])) for i in range(features.shape[-1])],
            "together": hooked(point, partial(ablate, which=chosen)),
            "together-without-error": hooked(point, partial(ablate, which=chosen), error=False),
            "patched": hooked(point, patch),
            "mean": hooked(point, mean),
            "l0": (features != 0).sum(-1).float().mean().item(),
        }
        # What the dictionary holds of the activation, and what stands when it, or nothing, is in its place.
        _, plain = tl.run_with_cache(tokens)
        x = plain[out].flatten(2)
        y = sae(plain[CASES[name][3]["hook_name"]]).flatten(2)
        total = (x - x.mean((0, 1))).square().sum()
        zero = difference(tl.run_with_hooks(tokens, fwd_hooks=[(out, lambda v, hook: v * 0)]))
        expected[name]["explained-variance"] = (1 - (x - y).square().sum() / total).item()
        expected[name]["dead"] = (features == 0).all(0).all(0).float().mean().item()
        expected[name]["recovered"] = (zero - expected[name]["without-error"]) / (zero - expected["clean"])
        expected[name]["density"] = (features != 0).float().mean((0, 1)).tolist()
        # Attribution patching: (corrupted - clean features) . gradient in the clean run, through the features.
        with tl.saes(saes=[sae], use_error_term=True):
            kept = {}

            def keep(f, hook):
                leaf = torch.zeros_like(f, requires_grad=True)
                kept["leaf"] = leaf
                return f + leaf

            logits = tl.run_with_hooks(tokens, fwd_hooks=[(point, keep)])
            last = logits[:, -1]
            i = torch.arange(len(last))
            (last[i, answer] - last[i, wrong]).sum().backward()
        gradient = kept["leaf"].grad / len(tokens)
        expected[name]["attribution"] = ((theirs - features) * gradient).sum((0, 1)).tolist()
    (HERE / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


main()
