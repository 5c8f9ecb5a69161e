"""The door of this room: `load()` gives an Analyzer, and an Analyzer turns texts into Insights."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Final, Protocol

import torch

from nlp.batches import runs
from nlp.insight import Insight, Sentiment
from nlp.models.calibration import load_calibration
from nlp.models.config import Incompatible
from nlp.models.hub import HubClassifier
from nlp.models.precision import Sample, choose
from nlp.models.reader import Reader
from nlp.models.sample import SENTENCES
from nlp.reading import ReadingAnalyzer
from nlp.review import Review
from nlp.runner import Runner, Threads
from nlp.text import normal_form
from nlp.tokens import Tokens

BUILT_IN: Final = Path(__file__).parent / "weights"
#: Longer texts are read in windows: longer windows cost more in attention, and training saw few of them.
WINDOW: Final = 256


class ModelError(Exception):
    """A model that is missing or does not fit; the message is one line for a person."""


class Analyzer(Protocol):
    """Anything that reads texts. Thread-safe, blocking, without a broker, a store or an event loop."""

    @property
    def model(self) -> str:
        """Which weights answer."""

    def analyze(self, texts: Sequence[str]) -> list[Insight]:
        """One Insight a text, in the same order, whatever the texts are."""


class NullAnalyzer:
    """Finds everything neutral, at once: what the river does without a model."""

    model = "null"

    def __init__(self) -> None:
        scores = {"negative": 0.0, "neutral": 1.0, "positive": 0.0}
        self._answer = Insight(Sentiment("neutral", scores), model=self.model)

    def analyze(self, texts: Sequence[str]) -> list[Insight]:
        """The same answer for each."""
        return [self._answer] * len(texts)


def load(
    model: str = "", *, device: str = "auto", threads: int = 0, precision: str = "auto", batch_size: int = 0
) -> ReadingAnalyzer:
    """Load the built-in reader (""), a reader of your own training (its folder), or a sentiment model to go with it.

    Any Hugging Face id or folder of a sequence classifier may give the sentiment; intents, aspects and evidence then
    still come from the built-in reader. `threads` 0 takes all cores, `batch_size` 0 as many texts in a pass as suit
    the machine. Raises `ModelError`.
    """
    try:
        place, crew = _device(device), Threads(threads or _cores())
        if model == "" or _is_reader(Path(model)):
            return _reader(Path(model) if model else BUILT_IN, place, crew, precision, batch_size)
        review = Review(HubClassifier(model, place), crew)
        return _reader(BUILT_IN, place, crew, precision, batch_size, review, model)
    except Incompatible as error:
        raise ModelError(str(error)) from None


def _reader(
    folder: Path,
    device: torch.device,
    threads: Threads,
    precision: str,
    batch_size: int,
    review: Review | None = None,
    name: str = "",
) -> ReadingAnalyzer:
    reader = Reader.load(folder).requires_grad_(False).to(device)
    tokens = Tokens.load(folder, min(WINDOW, reader.config.max_position_embeddings))
    calibration = load_calibration(folder)
    chosen = threads.run(lambda: choose(reader, precision, _sample(tokens, device)))
    runner = Runner(chosen.forward, calibration, threads, device, batch_size)
    known = "tingfeng" if folder == BUILT_IN else folder.resolve().name
    version = reader.config.version
    name = name or (f"{known}-{version}" if version else known)
    return ReadingAnalyzer(name, chosen.name, tokens, runner, calibration, review)


def _is_reader(folder: Path) -> bool:
    """Whether the folder holds one of our readers, and not somebody else's model."""
    try:
        return "tingfeng" in json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


def _device(name: str) -> torch.device:
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(name)
    except RuntimeError:
        raise Incompatible(f"device is {name!r}, not auto, cpu or cuda") from None
    if device.type == "cuda" and not torch.cuda.is_available():
        raise Incompatible(f"device is {name!r}, but this machine has no CUDA GPU that torch can use")
    return device


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _sample(tokens: Tokens, device: torch.device) -> Sample:
    windows = tokens.windows([normal_form(sentence) for sentence in SENTENCES])
    texts = sorted((window.ids for each in windows for window in each), key=len)
    return Sample(torch.tensor(list(chain.from_iterable(texts)), device=device), runs([len(text) for text in texts]))
