from __future__ import annotations

import json
from pathlib import Path

import torch
from tokenizers import Tokenizer

from nlp.models.reader import Reader
from nlp.training.vocabulary import trim
from tests.nlp.tiny import tiny_config, tiny_reader, tiny_tokenizer


def _base(folder: Path) -> Path:
    tokenizer = tiny_tokenizer()
    tokenizer.add_tokens(["[MASK]"])
    words = tokenizer.get_vocab_size()
    reader = tiny_reader(vocab_size=words)
    reader.save(folder)
    fields = tokenizer.to_str().replace('"吗":', '"龘":')  # a character outside GB 2312 that nobody uses
    Tokenizer.from_str(fields).save(str(folder / "tokenizer.json"))
    _put_mask_in_vocabulary(folder / "tokenizer.json", words - 1)
    return folder


def _put_mask_in_vocabulary(path: Path, number: int) -> None:
    fields = json.loads(path.read_text(encoding="utf-8"))
    fields["model"]["vocab"]["[MASK]"] = number
    path.write_text(json.dumps(fields), encoding="utf-8")


def test_what_nobody_uses_goes_and_emoji_names_come(tmp_path: Path) -> None:
    base, out = _base(tmp_path / "base"), tmp_path / "out"
    count = trim(base, out, ["等了一个星期[允悲]"] * 30 + ["✧好用"] * 30)
    tokenizer = Tokenizer.from_file(str(out / "tokenizer.json"))
    assert tokenizer.get_vocab_size() == count
    assert tokenizer.token_to_id("龘") is None
    assert tokenizer.encode("等了[允悲]✧[笑哭]").tokens == ["[CLS]", "等", "了", "[允悲]", "✧", "[笑哭]", "[SEP]"]


def test_a_kept_token_keeps_its_weights_and_a_new_one_starts_from_its_characters(tmp_path: Path) -> None:
    base, out = _base(tmp_path / "base"), tmp_path / "out"
    trim(base, out, ["等了"])
    old, new = Reader.load(base), Reader.load(out)
    before, after = Tokenizer.from_file(str(base / "tokenizer.json")), Tokenizer.from_file(str(out / "tokenizer.json"))
    was, now = old.embeddings.word_embeddings.weight, new.embeddings.word_embeddings.weight
    assert torch.equal(was[before.token_to_id("等")], now[after.token_to_id("等")])
    mean = (was[before.token_to_id("笑")] + was[before.token_to_id("哭")]) / 2
    assert torch.allclose(now[after.token_to_id("[笑哭]")], mean, atol=1e-3)
    assert new.config.vocab_size == after.get_vocab_size() != tiny_config().vocab_size
