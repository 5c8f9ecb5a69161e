"""The hard cases, and how a model does on them. `python -m tests.nlp.hard_cases` prints, with `--record` keeps."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from nlp.analyzer import Analyzer, load
from nlp.evaluate import Gold, evaluate, read_gold

CASES = Path(__file__).with_name("hard_cases.jsonl")
RECORDED = Path(__file__).with_name("hard_scores.json")


class HardScores(msgspec.Struct, frozen=True):
    """Sentiment on the hard cases: macro-F1 over all, share of right answers in each slice."""

    model: str
    macro_f1: float
    slices: dict[str, float]


def cases() -> list[Gold]:
    """All hard cases, none of them ever trained on."""
    return read_gold(CASES)


def score(analyzer: Analyzer) -> HardScores:
    """Let the analyzer read all cases."""
    gold = cases()
    found = evaluate(gold, analyzer.analyze([case.text for case in gold]))
    assert found.sentiment is not None
    slices = {name: round(part.accuracy, 4) for name, part in found.by_slice.items()}
    return HardScores(analyzer.model, round(found.sentiment.macro_f1, 4), slices)


def recorded() -> HardScores:
    """The scores that the shipped weights had when they were shipped."""
    return msgspec.json.decode(RECORDED.read_bytes(), type=HardScores)


def main() -> None:
    """Print the scores of the built-in model; `--record` makes them the ones to keep up."""
    found = score(load(precision="fp32"))
    text = msgspec.json.format(msgspec.json.encode(found), indent=2).decode() + "\n"
    sys.stdout.write(text)
    if "--record" in sys.argv[1:]:
        RECORDED.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
