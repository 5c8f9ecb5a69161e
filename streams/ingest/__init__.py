"""`tingfeng ingest`: files of crawlers and exports into the river."""

from streams.ingest.options import Options
from streams.ingest.run import run_ingest

__all__ = ["Options", "run_ingest"]
