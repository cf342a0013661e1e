# The other side of `loupe bench forward`: transformers' own forward pass of the same model, in a process of its own.
# Reads one line of JSON that says what to run; then answers each line "run" with one line of JSON. Ends with its input.
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


def run():
    with torch.inference_mode():
        wall, cpu = time.perf_counter(), time.process_time()
        logits = model(tokens, use_cache=False).logits
        return logits, time.perf_counter() - wall, time.process_time() - cpu


def say(**what):
    print(json.dumps(what), flush=True)


logits, _, _ = run()
say(
    versions=f"transformers {transformers.__version__}, torch {torch.__version__}",
    logits=logits[:, -1, : ask["shown"]].flatten().tolist(),
)
for line in sys.stdin:
    _, wall, cpu = run()
    say(wall=wall, cpu=cpu)
