"""`tingfeng train`: a model of your own from labelled data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from streams.cli.evaluate import summary

if TYPE_CHECKING:
    from nlp.training.loop import Progress as Stand


def train(
    data: Annotated[Path, typer.Argument(metavar="DATA", exists=True, help="Labelled JSONL, or a folder of sets.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", file_okay=False, help="Folder for the new model.")],
    base: Annotated[
        Path | None,
        typer.Option(exists=True, help="A reader or BERT encoder to go on from; none = built in."),
    ] = None,
    epochs: Annotated[int, typer.Option(min=1, help="Times that the data is gone through.")] = 2,
    seed: Annotated[int, typer.Option(help="The same seed gives the same model.")] = 7,
    device: Annotated[str, typer.Option(help="auto, cpu or cuda.")] = "auto",
    resume: Annotated[bool, typer.Option(help="Go on from the checkpoint of a run that was broken off.")] = True,
) -> None:
    """Train a model from labelled texts."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from nlp.training import train as teach

    columns = (TextColumn("epoch {task.fields[epoch]}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, TextColumn("loss {task.fields[loss]:.3f}")) as progress:
        task = progress.add_task("train", total=None, epoch=1, loss=0.0)

        def report(stand: Stand) -> None:
            progress.update(task, completed=stand.step, total=stand.steps, epoch=stand.epoch, loss=stand.loss)

        found = teach(data, out, base=base, epochs=epochs, seed=seed, device=device, resume=resume, report=report)
    typer.echo(summary(found))
    typer.echo(f"the model is in {out}: tingfeng analyze --model {out}")
