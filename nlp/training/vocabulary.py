"""A smaller vocabulary for a Chinese encoder: what traffic uses, and one token for each common emoji name."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import Tensor

from nlp.characters import emoji_name

_EMBEDDING: Final = "embeddings.word_embeddings.weight"
_SPECIAL: Final = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_NAME: Final = re.compile(r"\[[^\[\]\s]{1,12}\]")
#: Faces, gestures and hearts: pictures that carry a mood.
_MOODS: Final = (*range(0x1F600, 0x1F650), *range(0x1F910, 0x1F930), *range(0x1F970, 0x1F97B), *range(0x1F440, 0x1F450))
_FEWEST_WORDS, _FEWEST_NAMES, _FEWEST_NEW = 3, 4, 20


def trim(base: Path, out: Path, texts: Iterable[str], *, limit: int = 12_500) -> int:
    """Write `base` to `out` with at most `limit` tokens: those that `texts` (in normal form) use most.

    Every character of GB 2312 that the base knows stays, whether seen or not. Returns how many tokens there are.
    """
    fields = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))
    known: dict[str, int] = fields["model"]["vocab"]
    seen, names, characters = _count(Tokenizer.from_file(str(base / "tokenizer.json")), texts)
    new_characters = [c for c, n in characters.items() if c not in known and n >= _FEWEST_NEW]
    new_names = sorted({name for name, n in names.items() if n >= _FEWEST_NAMES} | _moods())
    room = limit - len(new_characters) - len(new_names)
    kept = _kept(known, seen, room)
    _write_tokenizer(fields, [*kept, *new_characters], new_names, out)
    _write_weights(base, out, known, kept, [*new_characters, *new_names])
    return len(kept) + len(new_characters) + len(new_names)


def _count(tokenizer: Tokenizer, texts: Iterable[str]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    seen: Counter[str] = Counter()
    names: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for text in texts:
        names.update(set(_NAME.findall(text)))
        characters.update(set(text))
        seen.update(tokenizer.encode(text, add_special_tokens=False).tokens)
    return seen, names, Counter({c: n for c, n in characters.items() if c.isprintable() and not c.isspace()})


def _kept(known: dict[str, int], seen: Counter[str], room: int) -> list[str]:
    always = [*_SPECIAL, *(t for t in known if t not in _SPECIAL and len(t) == 1 and _is_common(t))]
    ranked = [t for t, n in seen.most_common() if n >= _FEWEST_WORDS and t in known and t not in set(always)]
    chosen = {*always, *ranked[: max(0, room - len(always))]}
    return sorted(chosen, key=lambda token: (token not in _SPECIAL, known[token]))


def _is_common(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _moods() -> set[str]:
    named = {emoji_name(chr(code)) for code in _MOODS}
    return {name for name in named if name.startswith("[")}


def _write_tokenizer(fields: dict[str, Any], kept: Sequence[str], names: Sequence[str], out: Path) -> None:
    vocab = {token: number for number, token in enumerate(kept)}
    plain = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    special = [{"id": vocab[token], "content": token, **plain, "special": True} for token in _SPECIAL]
    added = [{"id": len(kept) + n, "content": name, **plain, "special": False} for n, name in enumerate(names)]
    fields["model"]["vocab"] = vocab
    fields["added_tokens"] = [*special, *added]
    fields["normalizer"]["lowercase"] = True
    for token, entry in fields["post_processor"]["special_tokens"].items():
        entry["ids"] = [vocab[token]]
    out.mkdir(parents=True, exist_ok=True)
    (out / "tokenizer.json").write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")
    settings = {
        "tokenizer_class": "BertTokenizerFast", "do_lower_case": True, "model_max_length": 512,
        "cls_token": "[CLS]", "sep_token": "[SEP]", "pad_token": "[PAD]", "unk_token": "[UNK]", "mask_token": "[MASK]",
    }  # fmt: skip
    (out / "tokenizer_config.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def _write_weights(base: Path, out: Path, known: dict[str, int], kept: Sequence[str], new: Sequence[str]) -> None:
    tensors = {name.removeprefix("bert."): tensor for name, tensor in load_file(base / "model.safetensors").items()}
    old = tensors[_EMBEDDING].float()
    rows = [old[known[token]] for token in kept] + [_guess(token, known, old) for token in new]
    tensors[_EMBEDDING] = torch.stack(rows).to(tensors[_EMBEDDING].dtype)
    save_file(
        {name: tensor.contiguous() for name, tensor in tensors.items()}, out / "model.safetensors", {"format": "pt"}
    )
    config = json.loads((base / "config.json").read_text(encoding="utf-8"))
    config |= {"vocab_size": len(rows), "pad_token_id": kept.index("[PAD]")}
    (out / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def _guess(token: str, known: dict[str, int], old: Tensor) -> Tensor:
    """What a new token means at first: the mean of its characters."""
    rows = [old[known[char]] for char in token.strip("[]") if char in known]
    return torch.stack(rows).mean(0) if rows else old[known["[UNK]"]]
