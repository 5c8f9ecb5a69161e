"""Teaching the reader: a data folder in, a folder of weights out."""

from nlp.training.examples import BadExample
from nlp.training.loop import Progress, StaleCheckpoint
from nlp.training.teach import train

__all__ = ["BadExample", "Progress", "StaleCheckpoint", "train"]
