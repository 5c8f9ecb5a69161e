"""The sample files: one small file a platform, item and generation, all of them invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

FOLDER = Path(__file__).parent / "samples"
MENTIONS = sorted(path.stem for path in FOLDER.glob("*.jsonl") if not path.stem.startswith("profile"))
PROFILES = sorted(path.stem for path in FOLDER.glob("profile*.jsonl"))


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of a sample file."""
    return [msgspec.json.decode(line) for line in (FOLDER / f"{name}.jsonl").read_bytes().splitlines()]
