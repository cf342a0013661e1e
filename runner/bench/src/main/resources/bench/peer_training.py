# The other side of `loupe bench toys`: the same trainings written plainly in PyTorch, without compiling anything. Reads one line
# of JSON that says what to train; then answers each line "run" with one line of JSON: the time of the measured steps. Ends with
# its input.
import json
import sys
import time

import torch
from torch.nn import functional as F

ask = json.loads(sys.stdin.readline())
torch.set_num_threads(ask["threads"])
generator = torch.Generator().manual_seed(0)


def normal(*shape, scale):
    return (torch.randn(*shape, generator=generator) * scale).requires_grad_()


def pair_mlp():
    """Modular addition: act(A[a] + B[b]) U on all training pairs in every step, AdamW."""
    inputs, hidden = ask["inputs"], ask["hidden"]
    a, b, c = (torch.tensor(ask[name]) for name in ("a", "b", "c"))
    first = normal(inputs, hidden, scale=hidden**-0.5)
    second = normal(inputs, hidden, scale=hidden**-0.5)
    out = normal(hidden, inputs, scale=hidden**-0.5)
    optimizer = torch.optim.AdamW([first, second, out], lr=3e-3, weight_decay=1, betas=(0.9, 0.98))

    def step():
        loss = F.cross_entropy(torch.relu(first[a] + second[b]) @ out, c)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss

    return step


def autoencoders():
    """Toy autoencoders on an instance axis, each with its own dropout and its own new rows in every step, SGD with momentum."""
    features, hidden, rows = ask["features"], ask["hidden"], ask["rows"]
    drop = torch.tensor(ask["dropout"])
    instances = len(drop)
    weights = normal(instances, hidden, features, scale=features**-0.5)
    bias = torch.zeros(instances, 1, features, requires_grad=True)
    importance = 0.7 ** torch.arange(features)
    keep = (1 - drop)[:, None, None]
    optimizer = torch.optim.SGD([weights, bias], lr=0.1, momentum=0.9)

    def step():
        x = torch.rand(instances, rows, features, generator=generator)
        x = x * (torch.rand(instances, rows, features, generator=generator) >= ask["sparsity"])
        inner = x @ weights.transpose(1, 2)
        inner = inner * (torch.rand(instances, rows, hidden, generator=generator) < keep) / keep
        loss = (importance * (torch.relu(inner @ weights + bias) - x) ** 2).mean(dim=(1, 2))
        optimizer.zero_grad()
        loss.sum().backward()
        optimizer.step()
        return loss.mean()

    return step


def run():
    step = {"pair-mlp": pair_mlp, "autoencoders": autoencoders}[ask["network"]]()
    for _ in range(ask["unmeasured"]):
        loss = step()
    loss.item()
    wall, cpu = time.perf_counter(), time.process_time()
    for i in range(ask["steps"]):
        loss = step()
        if i % 10 == 9:
            loss.item()
    return time.perf_counter() - wall, time.process_time() - cpu


def say(**what):
    print(json.dumps(what), flush=True)


say(versions=f"torch {torch.__version__}")
for line in sys.stdin:
    wall, cpu = run()
    say(wall=wall, cpu=cpu)
