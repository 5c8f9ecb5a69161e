from __future__ import annotations

from typing import Any

import pytest

from sinks.channels.subscription import Subscription, delivery_id
from tests.sinks.channels.notices import notice


def subscription(**fields: Any) -> Subscription:
    return Subscription("crm", "https://crm.example.com/hook?key=top", secret="whsec_top", **fields)


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, True),
        ({"events": ("alert.opened",)}, True),
        ({"events": ("alert.escalated",)}, False),
        ({"brands": ("云朵面膜", "甲")}, True),
        ({"brands": ("甲",)}, False),
        ({"rules": ("negative_feedback",)}, True),
        ({"rules": ("risk",)}, False),
        ({"min_severity": 5}, True),
        ({"min_severity": 6}, False),
    ],
)
def test_a_subscriber_is_told_what_it_asked_for(fields: dict[str, Any], wanted: bool) -> None:
    assert subscription(**fields).wants(notice()) is wanted


def test_neither_address_nor_secret_is_shown() -> None:
    assert "top" not in repr(subscription())
    assert "top" not in f"{[subscription()]}"


def test_a_delivery_keeps_its_id_and_shares_it_with_no_other() -> None:
    assert delivery_id("a1", "alert.opened", "crm") == delivery_id("a1", "alert.opened", "crm")
    ids = {
        delivery_id(*parts) for parts in [("a1", "o", "crm"), ("a2", "o", "crm"), ("a1", "e", "crm"), ("a1", "o", "x")]
    }
    assert len(ids) == 4
    assert all(identity.startswith("msg_") and "." not in identity for identity in ids)


def test_another_address_has_another_fingerprint() -> None:
    assert subscription().fingerprint == subscription(min_severity=3).fingerprint
    assert subscription().fingerprint != Subscription("crm", "https://crm.example.com/new").fingerprint
