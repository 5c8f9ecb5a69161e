"""Python's garbage collector, set for a process that handles many small records and makes few cycles.

As it comes, it looks through everything alive after every few hundred records: a quarter of the river's processor
time went there (`benchmarks/river.py`, eight paired runs: 4,856 mentions/s of a core before, 6,289 after).
"""

from __future__ import annotations

import gc
from typing import Final

YOUNG: Final = 50_000  # new objects before the youngest are looked at: about 10 MB
MIDDLE: Final = 20
OLD: Final = 50


def collect_seldom() -> None:
    """Leave what is alive now out of every later collection, and collect less often. Call it once all is started."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
