"""Prints how far the values in the folders beside this file are from TransformerLens 4's own (its TransformerBridge around the
transformers model), hook by hook, weights as in the file: python bridge.py [NAME ...]"""

import importlib.metadata
import pathlib
import sys
import tempfile
import warnings

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer, models
from transformer_lens.model_bridge import TransformerBridge
from transformers import AutoModelForCausalLM, PreTrainedTokenizerFast

warnings.filterwarnings("ignore")
torch.set_num_threads(1)
HERE = pathlib.Path(__file__).parent


def words(size, folder):
    """A tokenizer, since the bridge wants one; rows here are token ids."""
    table = Tokenizer(models.WordLevel({str(i): i for i in range(size)}, unk_token="0"))
    fast = PreTrainedTokenizerFast(tokenizer_object=table, bos_token="0", eos_token="0", pad_token="0")
    fast.save_pretrained(folder)
    return PreTrainedTokenizerFast.from_pretrained(folder)


def compare(folder, scratch):
    expected = load_file(folder / "expected.safetensors")
    model = AutoModelForCausalLM.from_pretrained(folder, attn_implementation="eager", dtype=torch.float32).eval()
    bridge = TransformerBridge.boot_transformers(
        str(folder), hf_model=model, tokenizer=words(model.config.vocab_size, scratch), device="cpu", dtype=torch.float32
    )
    with torch.no_grad():
        logits, cache = bridge.run_with_cache(expected["tokens"].long())
    same, worst, other, absent = 0, 0.0, {}, 0
    for name, value in expected.items():
        if not name.startswith("raw/"):
            continue
        hook = name[4:]
        theirs = logits if hook == "logits" else cache[hook] if hook in cache else None
        if theirs is not None and theirs.shape != value.shape and theirs.ndim == 4:
            theirs = theirs.transpose(1, 2)  # [batch, head, pos, d_head] where the model norms queries and keys in that order
        if theirs is not None and theirs.ndim == 3 and theirs.shape[-1] == 1 and value.ndim == 4:
            theirs = theirs.unsqueeze(2).expand(value.shape)  # one norm over all heads of OLMo 2
        if theirs is None:
            absent += 1
        elif theirs.numel() != value.numel():
            other[hook] = f"shape {tuple(theirs.shape)}"
        else:
            seen = value > -1e4  # masked scores are minus infinity on one side, the least number on the other
            far = (theirs.reshape(value.shape) - value)[seen].abs().max().item()
            if far > 5e-5:
                other[hook] = f"{far:.1e}"
            else:
                same, worst = same + 1, max(worst, far)
    print(f"{folder.name}: {same} hooks within {worst:.1e}, {absent} not in the bridge")
    for hook, what in other.items():
        print(f"    {hook}: {what}")


print("transformer-lens", importlib.metadata.version("transformer-lens"), "torch", torch.__version__)
for entry in sorted(HERE.iterdir()):
    if (entry / "config.json").exists() and (entry / "model.safetensors").exists() and (not sys.argv[1:] or entry.name in sys.argv[1:]):
        try:
            with tempfile.TemporaryDirectory() as scratch:
                compare(entry, scratch)
        except Exception as error:
            print(f"{entry.name}: {type(error).__name__}: {str(error)[:300]}")
