"""The options of the commands that read texts with a model, and the model that they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from nlp.analyzer import Analyzer
    from streams.settings.sections import Nlp

Model = Annotated[
    str | None, typer.Option(help="Folder of a reader, or a Hugging Face sentiment model; none = built in (nlp.model).")
]
Device = Annotated[str | None, typer.Option(help="auto, cpu, cuda or mps (nlp.device).")]
Threads = Annotated[int | None, typer.Option(help="Threads of one forward pass; 0 = one a core (nlp.threads).")]
BatchSize = Annotated[int | None, typer.Option(help="Texts of one forward pass; 0 = as suits (nlp.batch_size).")]


def loaded(nlp: Nlp) -> Analyzer:
    """The analyzer that these settings ask for."""
    from nlp.analyzer import load

    return load(nlp.model, device=nlp.device, threads=nlp.threads, precision=nlp.precision, batch_size=nlp.batch_size)
