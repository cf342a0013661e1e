"""Trains the dictionaries beside this file. Its rows are what this prints for a spec with lang-gelu-1l and the dataset
{generator: planted-language, rows: 6000, seed: 77001}:
    ./loupe rows --rows 6000 SPEC | grep -E '^ +[0-9]+  [0-9|]+$' | awk '{print $2}' > tokens.txt
    python make.py tokens.txt 0 1 2"""
import json, os, pathlib, sys

import torch
from safetensors.torch import load_file, save_file
HERE = pathlib.Path(__file__).parent
K, F, STEPS, BATCH = 8, 256, 6000, 2048
tokens = torch.tensor([[int(t) for t in l.split('|')] for l in open(sys.argv[1])])
def ln(x, w, b): return torch.nn.functional.layer_norm(x, x.shape[-1:], w, b, 1e-5)
def resid(w, t):
    x = w['embed.W_E'][t] + w['pos_embed.W_pos'][: t.shape[1]]
    h = ln(x, w['blocks.0.ln1.w'], w['blocks.0.ln1.b'])
    q, k, v = (torch.einsum('bpd,hde->bhpe', h, w[f'blocks.0.attn.W_{n}']) + w[f'blocks.0.attn.b_{n}'][None, :, None] for n in 'QKV')
    s = q @ k.transpose(-1, -2) / 4
    s = s.masked_fill(torch.triu(torch.ones(t.shape[1], t.shape[1], dtype=torch.bool), 1), float('-inf')).softmax(-1)
    mid = x + torch.einsum('bhpe,hed->bpd', s @ v, w['blocks.0.attn.W_O']) + w['blocks.0.attn.b_O']
    m = torch.nn.functional.gelu(ln(mid, w['blocks.0.ln2.w'], w['blocks.0.ln2.b']) @ w['blocks.0.mlp.W_in'] + w['blocks.0.mlp.b_in'])
    return mid + m @ w['blocks.0.mlp.W_out'] + w['blocks.0.mlp.b_out']
def logits(w, x): return ln(x, w['ln_final.w'], w['ln_final.b']) @ w['unembed.W_U'] + w['unembed.b_U']
def loss(w, x, t): return torch.nn.functional.cross_entropy(logits(w, x)[:, :-1].reshape(-1, 202), t[:, 1:].reshape(-1)).item()
for seed in map(int, sys.argv[2:]):
    w = load_file(str(next((HERE.parent / 'weights').glob(f'{seed}-*'))))
    with torch.no_grad(): acts = torch.cat([resid(w, t) for t in tokens.split(500)])
    flat = acts[:5800].reshape(-1, 64)
    g = torch.Generator().manual_seed(seed)
    dec = torch.nn.functional.normalize(torch.randn(F, 64, generator=g), dim=1)
    p = {'W_enc': dec.T.clone(), 'b_enc': torch.zeros(F), 'W_dec': dec.clone(), 'b_dec': flat.mean(0)}
    for v in p.values(): v.requires_grad_()
    opt = torch.optim.Adam(p.values(), lr=1e-3, betas=(0.9, 0.99))
    sched = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min(1, s / 200) * min(1, (STEPS - s) / (STEPS * .2)))
    last = torch.zeros(F)
    def code(x, keep=K):
        pre = (x - p['b_dec']) @ p['W_enc'] + p['b_enc']
        v, i = pre.topk(keep, -1)
        return pre, torch.zeros_like(pre).scatter(-1, i, v.relu())
    for step in range(STEPS):
        x = flat[torch.randint(len(flat), (BATCH,), generator=g)]
        pre, f = code(x)
        y = f @ p['W_dec'] + p['b_dec']
        e = x - y
        dead = last > 200
        l = e.square().sum(-1).mean()
        if dead.any():  # AuxK of Gao et al. 2024
            masked = pre.masked_fill(~dead, float('-inf'))
            v, i = masked.topk(min(32, int(dead.sum())), -1)
            aux = torch.zeros_like(pre).scatter(-1, i, v.relu()) @ p['W_dec']
            l = l + (e.detach() - aux).square().sum(-1).mean() / 32
        opt.zero_grad(); l.backward(); opt.step(); sched.step()
        with torch.no_grad():
            p['W_dec'].div_(p['W_dec'].norm(dim=1, keepdim=True))
            last = torch.where((f > 0).any(0), torch.zeros(F), last + 1)
    with torch.no_grad():
        low = {k: v.detach().to(torch.bfloat16) for k, v in p.items()}
        for k in p: p[k].copy_(low[k].float())
        t, x = tokens[5800:], acts[5800:]
        _, f = code(x)
        y = f @ p['W_dec'] + p['b_dec']
        a, b, z = loss(w, x, t), loss(w, y, t), loss(w, torch.zeros_like(x), t)
        ev = 1 - (x - y).square().sum() / (x - x.mean((0, 1))).square().sum()
        print(seed, 'EV %.3f' % ev, 'loss %.3f spliced %.3f zero %.3f recovered %.3f' % (a, b, z, (z - b) / (z - a)), 'dead', int((f == 0).all(0).all(0).sum()), flush=True)
    out = str(HERE / f'resid-post-{seed}')
    os.makedirs(out, exist_ok=True)
    save_file({k: v.contiguous() for k, v in low.items()}, out + '/sae_weights.safetensors')
    os.chmod(out + '/sae_weights.safetensors', 0o644)
    json.dump({'architecture': 'topk', 'd_in': 64, 'd_sae': F, 'k': K, 'rescale_acts_by_decoder_norm': False, 'apply_b_dec_to_input': True,
        'normalize_activations': 'none', 'reshape_activations': 'none', 'dtype': 'bfloat16', 'device': 'cpu',
        'metadata': {'sae_lens_version': '6.54.12', 'model_name': 'lang-gelu-1l', 'hook_name': 'blocks.0.hook_resid_post', 'context_size': 64, 'prepend_bos': False}}, open(out + '/cfg.json', 'w'))
