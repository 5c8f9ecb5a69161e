"""`tingfeng evaluate`: how well a model reads, and how fast."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli.model import BatchSize, Device, Model, Threads, loaded
from streams.cli.options import Config, Json, settings_of

if TYPE_CHECKING:
    from nlp.evaluate import Evaluation


def evaluate(
    file: Annotated[Path, typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="Labelled JSONL.")],
    config: Config = None,
    model: Model = None,
    device: Device = None,
    threads: Threads = None,
    batch_size: BatchSize = None,
    as_json: Json = False,
) -> None:
    """Measure a model on labelled texts."""
    flags = {"nlp.model": model, "nlp.device": device, "nlp.threads": threads, "nlp.batch_size": batch_size}
    nlp = settings_of(config, flags).nlp
    import msgspec

    from nlp.evaluate import evaluate as measure
    from nlp.evaluate import read_gold

    gold = read_gold(file)
    analyzer = loaded(nlp)
    started = time.perf_counter()
    read = analyzer.analyze([row.text for row in gold])
    speed = len(gold) / (time.perf_counter() - started)
    found = measure(gold, read)
    if as_json:
        report = {"model": analyzer.model, "texts_per_second": round(speed, 1), **msgspec.to_builtins(found)}
        typer.echo(msgspec.json.format(msgspec.json.encode(report), indent=2).decode())
    else:
        typer.echo(f"{analyzer.model}: {found.rows} texts, {speed:.0f} texts/s")
        typer.echo(summary(found))


def summary(found: Evaluation) -> str:
    """An evaluation in a few lines; what no row speaks of is left out."""
    lines = []
    if one := found.sentiment:
        lines.append(f"sentiment  accuracy {one.accuracy:.3f}  macro-F1 {one.macro_f1:.3f}  ({one.rows} texts)")
        lines.append(f"           calibration error {one.calibration_error:.3f}")
        lines += [f"  {label:12} F1 {score.f1:.3f}  ({score.support})" for label, score in one.labels.items()]
    for name, labels in (("intents", found.intents), ("aspects", found.aspects)):
        if labels:
            lines.append(f"{name:9}  micro-F1 {labels.micro.f1:.3f}  ({labels.micro.support} labels)")
            lines += [f"  {label:12} F1 {score.f1:.3f}  ({score.support})" for label, score in labels.labels.items()]
    if found.evidence is not None:
        lines.append(f"evidence   overlap {found.evidence:.3f}")
    return "\n".join(lines)
