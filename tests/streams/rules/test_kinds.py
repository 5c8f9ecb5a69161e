from __future__ import annotations

from typing import get_args, get_type_hints

from streams.rules.kinds import KINDS, Rule


def test_every_kind_is_registered_under_the_name_that_it_gives_itself() -> None:
    assert set(KINDS.values()) == set(get_args(Rule))
    for name, kind in KINDS.items():
        assert get_args(get_type_hints(kind)["kind"]) == (name,)
