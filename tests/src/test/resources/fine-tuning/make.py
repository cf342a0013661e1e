"""Writes the losses into losses.json: four steps of torch's AdamW on transformers' own model of each folder beside ../parity that the
file names, on the rows of the file. Weight decay acts on matrices alone, gradients are clipped to length 1. Made with transformers
5.24.0 and torch 2.15 on a CPU, in float32: python make.py"""

import json
import pathlib

import torch
from torch.nn import functional as F
from transformers import AutoModelForCausalLM

HERE = pathlib.Path(__file__).parent
ROWS = 4


def losses(folder, steps):
    model = AutoModelForCausalLM.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()
    matrices = [p for p in model.parameters() if p.ndim > 1]
    vectors = [p for p in model.parameters() if p.ndim == 1]
    groups = [{"params": matrices, "weight_decay": 0.1}, {"params": vectors, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=1e-3)
    for step in steps:
        tokens = torch.tensor(step["tokens"]).reshape(ROWS, -1)
        loss = F.cross_entropy(model(tokens).logits.flatten(0, 1), torch.tensor(step["targets"]), ignore_index=-1)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        step["loss"] = loss.item()


file = HERE / "losses.json"
models = json.loads(file.read_text())
for name, steps in models.items():
    losses(HERE.parent / "parity" / name, steps)
    print(name, [round(step["loss"], 6) for step in steps])
file.write_text(json.dumps(models, separators=(",", ":")) + "\n")
