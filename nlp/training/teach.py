"""`train()`: from a data folder (or a file of your own) to a folder of weights that `nlp.analyzer.load` takes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import Final

import msgspec
import torch
from tokenizers import Tokenizer

from nlp.analyzer import BUILT_IN, load
from nlp.evaluate import Evaluation, Gold, evaluate
from nlp.labels import ASPECT_STATES, ASPECTS, SENTIMENTS
from nlp.models.reader import Reader
from nlp.text import normal_form
from nlp.training.batches import Encoded, encode
from nlp.training.calibrate import calibrate, write_calibration
from nlp.training.examples import BadExample, Example
from nlp.training.gather import Gathered, gather
from nlp.training.loop import Plan, Progress, Trainer, no_report
from nlp.training.sets import read_texts
from nlp.training.split import Split, split
from nlp.training.vocabulary import trim

_TOKENIZER_FILES: Final = ("tokenizer.json", "tokenizer_config.json")
#: On fewer rows than this a calibration would be luck: that of the base is kept.
_FEWEST_TO_CALIBRATE: Final = 200
_VOCABULARY_TEXTS: Final = 150_000


def train(
    data: Path,
    out: Path,
    *,
    base: Path | None = None,
    epochs: int = 2,
    seed: int = 7,
    device: str = "auto",
    resume: bool = True,
    batch: int = 16,
    rate: float = 7e-5,
    public: int = 40_000,
    max_tokens: int = 144,
    report: Callable[[Progress], None] = no_report,
) -> Evaluation:
    """Teach a reader and write it to `out`; returns how it does on the held-out part (also `out/evaluation.json`).

    `data` is a folder of sets or a JSONL file of your own. `base` is a folder of weights to go on from: a reader (the
    built-in one if None), or a bare BERT encoder, whose vocabulary is then cut to what the data uses. Rows of public
    sets are spread over the epochs. With `resume`, a run that was broken off goes on from its last checkpoint.
    Raises `BadExample`, `nlp.models.config.Incompatible`, `StaleCheckpoint`.
    """
    checkpoint = out / "checkpoint.pt"
    if not resume:
        checkpoint.unlink(missing_ok=True)
    gathered = gather(data, public=public, seed=seed)
    parts = split([*gathered.labelled, *gathered.public])
    if not parts.train:
        raise BadExample(f"{data} leaves nothing to learn from: {len(gathered.labelled)} rows, all held out")
    start = prepare_base(base or BUILT_IN, out / "base", data, gathered)
    passes = _passes(parts, gathered, Tokenizer.from_file(str(start / "tokenizer.json")), epochs, max_tokens)
    torch.manual_seed(seed)
    reader = Reader.load(start, fresh_heads=True)
    plan = Plan(batch=batch, rate=rate, seed=seed)
    trainer = Trainer(reader, passes, plan, checkpoint, _device(device), report)
    return finish(trainer.run(), start, out, parts)


def prepare_base(base: Path, trimmed: Path, data: Path, gathered: Gathered) -> Path:
    """The folder to start from: `base` if it is a reader, else its copy with a vocabulary cut to the data."""
    fields = msgspec.json.decode((base / "config.json").read_bytes(), type=dict[str, object])
    if "tingfeng" in fields:
        return base
    if not (trimmed / "model.safetensors").exists():
        texts = [example.text for example in (*gathered.labelled, *gathered.public)]
        if data.is_dir():
            texts += [normal_form(text) for text in list(read_texts(data))[:: _stride(data)]]
        trim(base, trimmed, texts)
    return trimmed


def _stride(data: Path) -> int:
    return max(1, sum(1 for _ in read_texts(data)) // _VOCABULARY_TEXTS)


def _passes(
    parts: Split, gathered: Gathered, tokenizer: Tokenizer, epochs: int, max_tokens: int
) -> list[list[Encoded]]:
    """Every labelled row in every epoch, every public row in one of them."""
    ours = {example.text for example in gathered.labelled}
    labelled = encode([e for e in parts.train if e.text in ours], tokenizer, max_tokens)
    public = encode([e for e in parts.train if e.text not in ours], tokenizer, max_tokens)
    return [[*labelled, *public[epoch::epochs]] for epoch in range(epochs)]


def finish(reader: Reader, start: Path, out: Path, parts: Split) -> Evaluation:
    """Write the weights, calibrate them on the development part, and measure them on the test part."""
    for name in _TOKENIZER_FILES:
        if (start / name).exists():
            shutil.copyfile(start / name, out / name)
    (out / "calibration.json").unlink(missing_ok=True)
    reader.cpu().save(out)
    digest = blake2b((out / "model.safetensors").read_bytes(), digest_size=4).hexdigest()
    reader.config = replace(reader.config, version=digest)
    reader.save(out)
    _calibrate(out, start, parts.dev)
    gold = [gold_of(example) for example in parts.test]
    found = evaluate(gold, load(str(out), precision="fp32").analyze([row.text for row in gold]))
    (out / "evaluation.json").write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1))
    return found


def _calibrate(out: Path, start: Path, dev: Sequence[Example]) -> None:
    if len(dev) >= _FEWEST_TO_CALIBRATE:
        gold = [gold_of(example) for example in dev]
        scores = load(str(out), precision="fp32").scores([row.text for row in gold])
        write_calibration(out, calibrate(gold, scores))
    elif (start / "calibration.json").exists():
        shutil.copyfile(start / "calibration.json", out / "calibration.json")


def gold_of(example: Example) -> Gold:
    """The example as something to be measured against; aspects of which only some are known are not measured."""
    aspects = None
    if example.aspects is not None and min(example.aspects) >= 0:
        states = zip(ASPECTS, example.aspects, strict=True)
        aspects = {name: ASPECT_STATES[state] for name, state in states if state}
    return Gold(
        text=example.text,
        sentiment=None if example.sentiment is None else SENTIMENTS[example.sentiment],
        polar=example.polar,
        intents=example.intents,
        aspects=aspects,
        evidence=None if example.evidence is None else example.text[slice(*example.evidence)],
        source=example.source,
        slice=example.slice,
    )


def _device(name: str) -> torch.device:
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    return torch.device(name)
