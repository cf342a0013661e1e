# The other side of `loupe bench neurons`: the same model in transformers with a hook on each MLP's product, and the same search for
# labels with torch's sort and matrix product. Reads one line of JSON that says what to run, then answers each line "scan" or
# "labels" with one line of JSON. Ends with its input.
import json
import sys
import time

import torch
import transformers

ask = json.loads(sys.stdin.readline())
torch.set_num_threads(ask["threads"])
options = {"dtype": torch.float32} if int(transformers.__version__.split(".")[0]) > 4 else {"torch_dtype": torch.float32}
if ask["gguf"]:
    options["gguf_file"] = ask["gguf"]
model = transformers.AutoModelForCausalLM.from_pretrained(ask["folder"], local_files_only=True, **options).eval()
tokens = torch.tensor(ask["tokens"])
labels = [torch.tensor(label) for label in ask["labels"]]  # [label][row, pos]
train = torch.tensor(ask["train"])  # [row]
draws, batch = ask["draws"], ask["batch"]
rows, length = tokens.shape
seen = {}
for number, layer in enumerate(model.model.layers):
    layer.mlp.down_proj.register_forward_pre_hook(lambda module, args, number=number: seen.__setitem__(number, args[0]))


def scan():
    """Activations of every neuron of every layer at every position but the first: [layer][position, neuron]."""
    parts = []
    with torch.inference_mode():
        for first in range(0, rows, batch):
            model.model(tokens[first : first + batch], use_cache=False)
            parts.append([seen[number][:, 1:].flatten(0, 1).numpy().copy() for number in range(len(seen))])
    return [torch.cat([torch.from_numpy(part[number]) for part in parts]) for number in range(len(parts[0]))]


def ranks(values):
    """Ranks along positions, ties at their mean: [position, neuron]."""
    ordered, order = values.sort(dim=0)
    n = len(values)
    place = torch.arange(1, n + 1, dtype=torch.float32)[:, None].expand_as(values)
    new = torch.ones_like(values, dtype=torch.bool)
    new[1:] = ordered[1:] != ordered[:-1]
    first = torch.cummax(torch.where(new, place, torch.zeros(())), dim=0).values
    end = torch.ones_like(new)
    end[:-1] = new[1:]
    last = torch.where(end, place, torch.full((), n + 1.0)).flip(0).cummin(dim=0).values.flip(0)
    return torch.empty_like(values).scatter_(0, order, (first + last) / 2)


def moved(label, generator):
    shift = torch.randint(1, length, (rows, 1), generator=generator)
    return label.gather(1, (torch.arange(length)[None] + shift) % length)


def area(ranks_of, has):
    """Areas of every neuron for every column of labels: [neuron, label]."""
    n1 = has.sum(0)
    return (ranks_of.T @ has - n1 * (n1 + 1) / 2) / (n1 * (len(has) - n1))


def search(layers):
    selecting = train[:, None].expand(rows, length - 1).flatten()
    columns = []
    generator = torch.Generator().manual_seed(1)
    for label in labels:
        drawn = [label] + [moved(label, generator) for _ in range(draws)]
        columns.append(torch.stack([d[:, 1:].flatten() for d in drawn], 1).float())
    best = [(torch.full((draws + 1,), -1.0), None) for _ in labels]
    test = [torch.zeros(draws + 1) for _ in labels]
    for values in layers:
        fit, held = ranks(values[selecting]), ranks(values[~selecting])
        for number, has in enumerate(columns):
            areas = area(fit, has[selecting])
            either, neuron = torch.maximum(areas, 1 - areas).max(0)
            higher = areas.gather(0, neuron[None])[0] >= 0.5
            out = has[~selecting]
            n1 = out.sum(0)
            tested = ((held[:, neuron] * out).sum(0) - n1 * (n1 + 1) / 2) / (n1 * (len(out) - n1))
            tested = torch.where(higher, tested, 1 - tested)
            better = either > best[number][0]
            best[number] = (torch.where(better, either, best[number][0]), None)
            test[number] = torch.where(better, tested, test[number])
    return [(float(b[0][0]), float(t[0]), float(t[1:].quantile(0.99))) for b, t in zip(best, test)]


def timed(work):
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return result, dict(wall=time.perf_counter() - wall, cpu=time.process_time() - cpu)


def say(**what):
    print(json.dumps(what), flush=True)


layers = scan()
say(versions=f"transformers {transformers.__version__}, torch {torch.__version__}")
for line in sys.stdin:
    if line.strip() == "scan":
        layers, taken = timed(scan)
        say(**taken)
    else:
        found, taken = timed(lambda: search(layers))
        say(found=found, **taken)
