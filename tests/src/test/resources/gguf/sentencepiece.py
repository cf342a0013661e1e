"""Trains two small SentencePiece models, one as Llama has it (a space before a text) and one as Gemma has it (none, and pieces
that are found whole), and writes them beside this file as llama.cpp's converter does, with the ids that sentencepiece itself
and transformers' converted tokenizer give for awkward texts. Made with sentencepiece 0.2.3, gguf 0.19.0, transformers 5.24.0:
python sentencepiece.py TEXT"""

import io
import json
import pathlib
import sys

sys.path = [p for p in sys.path if pathlib.Path(p or ".").resolve() != pathlib.Path(__file__).resolve().parent]

import gguf  # noqa: E402
import sentencepiece  # noqa: E402
from tokenizers import AddedToken, Tokenizer, decoders, normalizers  # noqa: E402
from tokenizers.models import BPE  # noqa: E402
from transformers.tokenization_utils_base import generate_merges  # noqa: E402

HERE = pathlib.Path(__file__).parent
TEXTS = [
    "Once upon a time there was a little girl.",
    "  two spaces before and after  ",
    " ",
    "   ",
    "a    b     c",
    "line one\nline two\n\n\nline five\ttab",
    "<s>begin</s> <start_of_turn>user",
    "naïve café – “quoted”",
    "日本語 \U0001f600 emoji",
    "e\u0301 combining",
    "12345 67,890.12",
    "aaaaaaaaaaaaaaa bababab",
    "word" * 5,
    "▁ itself ▁▁",
    "",
    "<0x0A> literal",
    "ends with newline\n",
    "MiXeD CaSe WORDS",
    "don't can't won't",
    "for (int i = 0; i < 10; i++) {\n    x += i;\n}",
]


def train(text, **options):
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(text.splitlines()), model_writer=model, vocab_size=600, model_type="bpe", byte_fallback=True,
        normalization_rule_name="identity", remove_extra_whitespaces=False, split_digits=True,
        allow_whitespace_only_pieces=True, num_threads=1, **options,
    )
    return sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())


def kind(processor, i):
    types = gguf.TokenType
    if processor.is_unknown(i):
        return types.UNKNOWN
    if processor.is_control(i):
        return types.CONTROL
    if processor.is_unused(i):
        return types.UNUSED
    if processor.is_byte(i):
        return types.BYTE
    return types.NORMAL


def converted(pieces, scores, kinds, prefix):
    """As transformers makes a fast tokenizer of such a model."""
    vocabulary = {piece: i for i, piece in enumerate(pieces)}
    merges = generate_merges(vocabulary, dict(zip(pieces, scores)))
    out = Tokenizer(BPE(vocabulary, merges, unk_token="<unk>", fuse_unk=True, byte_fallback=True))
    steps = [normalizers.Prepend("▁")] if prefix else []
    out.normalizer = normalizers.Sequence([*steps, normalizers.Replace(" ", "▁")])
    ends = [decoders.Strip(content=" ", left=1)] if prefix else []
    out.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), *ends])
    special = [p for p, k in zip(pieces, kinds) if k in (gguf.TokenType.CONTROL, gguf.TokenType.UNKNOWN)]
    out.add_special_tokens([AddedToken(p, normalized=False, special=True) for p in special])
    whole = [p for p, k in zip(pieces, kinds) if k == gguf.TokenType.USER_DEFINED]
    out.add_tokens([AddedToken(p, normalized=not prefix) for p in whole])
    return out


def write(name, processor, whole, prefix):
    size = processor.vocab_size()
    pieces = [processor.id_to_piece(i) for i in range(size)]
    scores = [processor.get_score(i) for i in range(size)]
    kinds = [gguf.TokenType.USER_DEFINED if p in whole else kind(processor, i) for i, p in enumerate(pieces)]
    out = gguf.GGUFWriter(HERE / f"{name}.gguf", "llama")
    out.add_tokenizer_model("llama")
    out.add_tokenizer_pre("default")
    out.add_token_list(pieces)
    out.add_token_scores(scores)
    out.add_token_types(kinds)
    out.add_bos_token_id(processor.bos_id())
    out.add_eos_token_id(processor.eos_id())
    out.add_unk_token_id(processor.unk_id())
    if not prefix:
        out.add_add_space_prefix(False)
    out.write_header_to_file()
    out.write_kv_data_to_file()
    out.write_tensors_to_file()
    out.close()
    library = converted(pieces, scores, kinds, prefix)
    cases = []
    for text in TEXTS:
        ids = library.encode(text, add_special_tokens=False).ids
        own = processor.encode(text)
        if ids != own:
            print(name, repr(text), "sentencepiece has", processor.encode(text, out_type=str), "and transformers",
                  [pieces[i] for i in ids])
        cases.append({"text": text, "ids": ids, "decoded": library.decode(ids, skip_special_tokens=False), "same": ids == own})
    return cases


text = pathlib.Path(sys.argv[1]).read_text()[:200_000] + "\n" + "\n".join(TEXTS)
whole = ["\n", "\n\n", "\n\n\n", "\t", "▁▁", "▁▁▁", "▁▁▁▁", "<start_of_turn>"]
out = {
    "spm-prefix": write("spm-prefix", train(text, add_dummy_prefix=True), [], True),
    "spm-whole": write(
        "spm-whole",
        train(text, add_dummy_prefix=False, user_defined_symbols=whole, pad_id=0, eos_id=1, bos_id=2, unk_id=3),
        whole,
        False,
    ),
}
(HERE / "sentencepiece.json").write_text(json.dumps(out, indent=1, ensure_ascii=False) + "\n")
