"""Two trainings of a few steps by transformers, with what their models give on rows of their own.

python make.py FOLDER writes llama/checkpoint-N and neox/stepN with config.json and model.safetensors, and expected.json: for each
folder the mean loss in nats over the rows and, per layer and head, the attention to the previous token (queries from 2 on) and to
tokens after earlier copies of the query's own token (queries whose token occurred before).
"""

import json
import pathlib
import sys

import torch
from transformers import GPTNeoXConfig, GPTNeoXForCausalLM, LlamaConfig, LlamaForCausalLM

VOCABULARY = 16
to = pathlib.Path(sys.argv[1])
torch.manual_seed(0)


def rows(count, seed):
    draw = torch.Generator().manual_seed(seed)
    drawn = [torch.randperm(VOCABULARY - 3, generator=draw)[:5] + 3 for _ in range(count)]
    return torch.stack([torch.cat([row] * 3)[:12] for row in drawn])


def train(model, name, steps):
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-2)
    for step in range(max(steps) + 1):
        if step in steps:
            folder = to / name.format(step)
            model.save_pretrained(folder)
            (folder / "generation_config.json").unlink(missing_ok=True)
        ids = rows(32, 1000 + step)
        loss = model(input_ids=ids, labels=ids).loss
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def measured(model, ids):
    with torch.no_grad():
        out = model(input_ids=ids, output_attentions=True)
    chosen = out.logits[:, :-1].log_softmax(-1).gather(-1, ids[:, 1:, None])
    same = torch.tril(ids[:, :, None] == ids[:, None, :], diagonal=-1)
    after = torch.zeros_like(same)
    after[:, :, 1:] = same[:, :, :-1]
    after &= ~torch.eye(ids.shape[1], dtype=torch.bool)
    again = same.any(-1)
    previous, induction = [], []
    for pattern in out.attentions:
        previous.append([p.diagonal(offset=-1, dim1=-2, dim2=-1)[:, 1:].mean().item() for p in pattern.transpose(0, 1)])
        induction.append([((p * after).sum(-1)[again]).mean().item() for p in pattern.transpose(0, 1)])
    return {"loss": -chosen.mean().item(), "PREV": previous, "IND": induction}


shape = {"vocab_size": VOCABULARY, "hidden_size": 16, "intermediate_size": 24, "num_hidden_layers": 2}
shape |= {"num_attention_heads": 4, "max_position_embeddings": 16, "bos_token_id": None, "eos_token_id": None}
train(LlamaForCausalLM(LlamaConfig(**shape, num_key_value_heads=2)), "llama/checkpoint-{}", [20, 100, 300])
train(GPTNeoXForCausalLM(GPTNeoXConfig(**shape, rotary_pct=0.5)), "neox/step{}", [0, 300, 1000])

ids = rows(6, 1)
expected = {"ids": ids.tolist()}
for kind, folders in [(LlamaForCausalLM, "llama/checkpoint-*"), (GPTNeoXForCausalLM, "neox/step*")]:
    for folder in sorted(to.glob(folders)):
        model = kind.from_pretrained(folder, attn_implementation="eager").eval()
        expected[str(folder.relative_to(to))] = measured(model, ids)
(to / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
