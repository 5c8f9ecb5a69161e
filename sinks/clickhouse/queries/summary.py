"""How much there is of everything, exact and distinct."""

from __future__ import annotations

from msgspec import Struct

from sinks.clickhouse.store import Store

# Counted by identity and not by rows: no replay moves these numbers, merged or not, and no reading of FINAL is needed.
_SQL = """
SELECT
    mentions, customers,
    (SELECT uniqExact(mention_id, origin) FROM duplicates),
    (SELECT uniqExact(id) FROM dead_letters WHERE stage = 'parse'),
    (SELECT uniqExact(id) FROM alerts),
    (SELECT uniqExact(id) FROM deliveries)
FROM
(
    SELECT uniqExact(sipHash64(id)) AS mentions, uniqExactIf(sipHash64(customer_id), customer_id != '') AS customers
    FROM mentions
)
"""


class Summary(Struct, frozen=True):
    """Distinct counts since the beginning.

    `duplicates` are arrivals of a known mention from another origin, `rejected` dead letters of parsing,
    `customers` authors that are known, `deliveries` messages to subscribers however many attempts they took.
    """

    mentions: int
    duplicates: int
    rejected: int
    customers: int
    alerts: int
    deliveries: int


def summary(store: Store) -> Summary:
    """The summary as of the rows written so far."""
    ((mentions, customers, duplicates, rejected, alerts, deliveries),) = store.query(_SQL)
    return Summary(mentions, duplicates, rejected, customers, alerts, deliveries)
