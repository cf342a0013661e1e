"""Writes the dictionaries in `gemma-scope` and `sparsify`, with what PyTorch computes from them.

    python make_others.py      (torch, numpy, safetensors, eai-sparsify 1.3.3)

Gemma Scope: the JumpReLU of the release's own tutorial. sparsify: its class SparseCoder, saved by `save_to_disk`.
"""
import json, pathlib
import numpy as np, torch
from safetensors.torch import save_file
from sparsify import SparseCoder, SparseCoderConfig

HERE = pathlib.Path(__file__).parent
D, F, N = 32, 48, 5


def reference(folder, x, features, output):
    save_file({"input": x, "features": features.contiguous(), "output": output.contiguous()}, str(folder / "reference.safetensors"))


def gemma(name, seed):
    g = np.random.default_rng(seed)
    folder = HERE / "gemma-scope" / name
    folder.mkdir(parents=True, exist_ok=True)
    w = {"W_enc": g.normal(size=(D, F)) / D ** .5, "W_dec": g.normal(size=(F, D)) / F ** .5, "b_enc": g.normal(size=F) / 4,
         "b_dec": g.normal(size=D) / 4, "threshold": g.uniform(.1, .8, size=F)}
    w = {k: v.astype(np.float32) for k, v in w.items()}
    np.savez(folder / "params.npz", **w)
    t = {k: torch.from_numpy(v) for k, v in w.items()}
    x = torch.from_numpy(g.normal(size=(N, D)).astype(np.float32))
    pre = x @ t["W_enc"] + t["b_enc"]
    features = (pre > t["threshold"]) * torch.relu(pre)
    reference(folder, x, features, features @ t["W_dec"] + t["b_dec"])


def sparsify(name, seed, **options):
    torch.manual_seed(seed)
    folder = HERE / "sparsify" / name
    coder = SparseCoder(D, SparseCoderConfig(k=6, **options))
    with torch.no_grad():
        coder.encoder.bias.normal_(0, .25)
        coder.b_dec.normal_(0, .25)
        coder.W_dec.normal_(0, .3)
    coder.save_to_disk(folder)
    x = torch.randn(N, D)
    values, indices, _ = coder.encode(x)
    features = torch.zeros(N, coder.num_latents).scatter(1, indices, values)
    with torch.no_grad():
        reference(folder, x, features.detach(), features.detach() @ coder.W_dec + coder.b_dec)
        assert torch.allclose(coder(x).sae_out, features @ coder.W_dec + coder.b_dec, atol=1e-5)


gemma("layer_1", 1)
gemma("transcoder", 2)
sparsify("layers.1.mlp", 3, num_latents=F)
sparsify("layers.1", 4, expansion_factor=2)
