from __future__ import annotations

from streams.sources import repairs


def test_every_name_is_explained() -> None:
    names = {value for name, value in vars(repairs).items() if name.isupper() and isinstance(value, str)}
    assert names == repairs.REPAIRS.keys()
