"""Every kind of rule there is, by the name that `kind` gives it. A new kind is one file and one line here."""

from __future__ import annotations

from typing import Final

from streams.rules.mention import MentionRule
from streams.rules.spike import SpikeRule

Rule = MentionRule | SpikeRule

KINDS: Final[dict[str, type[MentionRule] | type[SpikeRule]]] = {
    "mention": MentionRule,
    "spike": SpikeRule,
}
