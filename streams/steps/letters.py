"""Dead letters: whole records with the reason, under an id that a replay gives again."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from hashlib import sha256
from typing import Final

from streams.records import DeadLetter

LARGEST: Final = 500_000  # bytes of a value that is kept whole: escaped, it still fits a Kafka record of 1 MB
BEGINNING: Final = 10_000  # bytes kept of a larger one, which no topic would take


def dead_letter(
    stage: str, reason: str, *, at: datetime, topic: str, value: bytes, key: bytes | None = None, origin: str = ""
) -> DeadLetter:
    """A record that `stage` could not process.

    The id is a hash of stage, origin and value: the same bad row of the same file is one dead letter
    however often it is sent, and two bad rows with equal text are two. Of a value over `LARGEST` the beginning is kept.
    """
    if len(value) > LARGEST:
        value = value[:BEGINNING]
    digest = sha256(b"\0".join((stage.encode(), origin.encode(), value)))
    return DeadLetter(
        id=digest.hexdigest()[:24],
        stage=stage,
        reason=reason,
        at=at,
        topic=topic,
        key=_text(key or b""),
        origin=origin,
        value=_text(value),
    )


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return "base64:" + b64encode(data).decode()
