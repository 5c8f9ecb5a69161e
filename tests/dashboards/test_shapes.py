"""The values that this room shows."""

from __future__ import annotations

import msgspec

from dashboards.shapes import Alert, Mention
from tests.dashboards.samples import alert, mention


def test_they_go_through_json_unchanged() -> None:
    assert msgspec.json.decode(msgspec.json.encode(alert()), type=Alert) == alert()
    assert msgspec.json.decode(msgspec.json.encode(mention()), type=Mention) == mention()
