# The other side of `loupe bench sweeps`: the same sweeps with TransformerLens, nnsight and plain torch hooks, on the same
# weights, in a process of its own. The first line says what to run on; the answer names the versions, and the libraries that are
# not installed. Each later line asks for something that is timed.
import importlib.metadata
import json
import sys
import time

ask = json.loads(sys.stdin.readline())
try:
    import torch
    import transformers
except ImportError as e:
    print(json.dumps({"versions": "", "missing": {name: str(e) for name in ask["peers"]}}), flush=True)
    sys.exit()

torch.set_num_threads(ask["threads"])
torch.set_grad_enabled(False)


def load():
    return transformers.AutoModelForCausalLM.from_pretrained(ask["folder"], attn_implementation="eager").eval()


hf = load()
d_head = hf.config.n_embd // hf.config.n_head
data = {name: {key: torch.tensor(value) for key, value in part.items()} for name, part in ask["data"].items()}
versions = [f"torch {torch.__version__}", f"transformers {transformers.__version__}"]
peers = {}


def difference(logits, part):
    rows = torch.arange(len(logits))
    return (logits[rows, -1, part["answer"]] - logits[rows, -1, part["wrong"]]).mean().item()


def where(pos):
    return slice(None) if pos is None else pos


class Lens:
    def __init__(self):
        from transformer_lens.model_bridge import TransformerBridge

        versions.append("transformer-lens " + importlib.metadata.version("transformer-lens"))
        # The bridge puts parts of its own into the model that it is given.
        self.model = TransformerBridge.boot_transformers(ask["folder"], hf_model=load(), device="cpu")

    def clean(self, part, layer, site):
        name = f"blocks.{layer}.attn.hook_{site}"
        _, cache = self.model.run_with_cache(part["clean"], names_filter=name)
        return cache[name]

    def cell(self, part, layer, site, head, pos, kept):
        def hook(value, hook):
            if site == "pattern":
                value[:, head, where(pos)] = kept[:, head, where(pos)]
            else:
                value[:, where(pos), head] = kept[:, where(pos), head]
            return value

        name = f"blocks.{layer}.attn.hook_{site}"
        return self.model.run_with_hooks(part["corrupted"], fwd_hooks=[(name, hook)])

    def cache(self, tokens):
        return self.model.run_with_cache(tokens)[1]


class Hooks:
    def __init__(self, last):
        self.options = {"logits_to_keep": 1} if last else {}

    def clean(self, part, layer, site):
        kept = []
        handle = self.site(layer).register_forward_pre_hook(lambda m, args: kept.append(args[0]))
        hf(part["clean"], use_cache=False)
        handle.remove()
        return kept[0]

    def site(self, layer):
        return hf.transformer.h[layer].attn.c_proj

    def cell(self, part, layer, site, head, pos, kept):
        columns = slice(head * d_head, (head + 1) * d_head)

        def hook(module, args):
            value = args[0].clone()
            value[:, where(pos), columns] = kept[:, where(pos), columns]
            return (value,)

        handle = self.site(layer).register_forward_pre_hook(hook)
        logits = hf(part["corrupted"], use_cache=False, **self.options).logits
        handle.remove()
        return logits

    def cache(self, tokens):
        kept = {}
        handles = [
            module.register_forward_hook(lambda m, args, out, name=name: kept.__setitem__(name, out))
            for name, module in hf.named_modules()
        ]
        hf(tokens, use_cache=False, output_attentions=True)
        for handle in handles:
            handle.remove()
        return kept


class Sight(Hooks):
    def __init__(self):
        import nnsight

        versions.append("nnsight " + importlib.metadata.version("nnsight"))
        self.model = nnsight.NNsight(hf)

    def cell(self, part, layer, site, head, pos, kept):
        columns = slice(head * d_head, (head + 1) * d_head)
        with self.model.trace(part["corrupted"], use_cache=False):
            value = self.model.transformer.h[layer].attn.c_proj.input
            value[:, where(pos), columns] = kept[:, where(pos), columns]
            logits = self.model.lm_head.output.save()
        return logits

    def cache(self, tokens):
        model, kept = self.model, []
        with model.trace(tokens, use_cache=False):
            for block in model.transformer.h:
                kept.append(block.ln_1.output.save())
                kept.append(block.attn.c_attn.output.save())
                kept.append(block.attn.c_proj.output.save())
                kept.append(block.ln_2.output.save())
                kept.append(block.mlp.c_fc.output.save())
                kept.append(block.mlp.act.output.save())
                kept.append(block.mlp.c_proj.output.save())
                kept.append(block.output.save())
            kept.append(model.lm_head.output.save())
        return kept


class Plain(Hooks):
    """transformers as it comes: the attention of its own choice, and nothing kept."""

    def __init__(self):
        super().__init__(False)
        self.model = transformers.AutoModelForCausalLM.from_pretrained(ask["folder"]).eval()

    def cache(self, tokens):
        return self.model(tokens, use_cache=False).logits


make = {
    "TransformerLens": Lens,
    "nnsight": Sight,
    "torch hooks": lambda: Hooks(False),
    "torch hooks for the last logits": lambda: Hooks(True),
    "transformers without a cache": Plain,
}


def timed(run):
    wall, cpu = time.perf_counter(), time.process_time()
    value = run()
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}, value


def answer(line):
    peer = peers[line["peer"]]
    if line["what"] == "cache":
        took, kept = timed(lambda: peer.cache(torch.tensor(line["tokens"])))
        return took
    part = data[line["rows"]]
    kept = peer.clean(part, line["layer"], line["site"])
    took, values = timed(
        lambda: [
            difference(peer.cell(part, line["layer"], line["site"], head, line.get("pos"), kept), part)
            for head in range(line["cells"])
        ]
    )
    return took | {"values": values}


missing = {}
for name in ask["peers"]:
    try:
        peers[name] = make[name]()
    except ImportError as e:
        missing[name] = str(e)
        continue
    first = next(iter(data))
    answer({"peer": name, "what": "cells", "rows": first, "layer": 0, "site": "z", "cells": 1})
print(json.dumps({"versions": ", ".join(versions), "missing": missing}), flush=True)
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
