"""From judged mentions to alerts: what each match adds to which alert, and how an alert reads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec
from msgspec import Struct

from nlp.labels import CHINESE
from sinks.alerts import AlertState, Sample, Touch
from sinks.counters import Count, Minutes
from streams.records import Alert, AlertSample, EnrichedMention
from streams.rules import Rules
from streams.rules.facts import Facts
from streams.rules.kinds import Rule
from streams.rules.spike import Series, detect
from streams.steps.group import alert_id, window_start
from streams.steps.severity import severity
from streams.steps.understand import reading_text

LIVE: Final = timedelta(hours=1)
"""A mention received later than this after it was written belongs to the past: it makes no spike."""
AHEAD: Final = timedelta(minutes=2)
"""How far a platform's clock may be ahead of ours."""
LONGEST: Final = 500
"""Characters of text in a sample."""


class Matter(Struct, frozen=True):
    """What an alert is about. `tally` is the count that a rate rule saw, 0 for others."""

    rule: Rule
    brand: str
    aspect: str
    start: datetime
    tally: int = 0

    @property
    def id(self) -> str:
        """The id of the alert."""
        return alert_id(self.rule.name, self.brand, self.aspect, self.start)


class Finding(Struct, frozen=True):
    """A mention that belongs to a matter."""

    matter: Matter
    enriched: EnrichedMention


def matches(rules: Rules, batch: Sequence[EnrichedMention]) -> Iterator[Finding]:
    """What the rules on single mentions find."""
    for enriched in batch:
        for rule, brand, aspect in rules.judge(enriched):
            start = window_start(enriched.mention.created_at, rule.window)
            yield Finding(Matter(rule, brand, aspect, start), enriched)


def live(enriched: EnrichedMention) -> bool:
    """Was it written just before it came?"""
    return -AHEAD <= enriched.received_at - enriched.mention.created_at <= LIVE


def counts(batch: Sequence[EnrichedMention]) -> list[Count]:
    """What the batch adds to the counts by brand and minute.

    A mention that is not negative is told once a brand and minute, to say that the brand is listened to.
    """
    found: dict[tuple[str, object], Count] = {}
    for enriched in batch:
        if not live(enriched):
            continue
        mention = enriched.mention
        negative = _negative(enriched)
        for hit in enriched.brands:
            minute = mention.created_at.replace(second=0, microsecond=0)
            key: object = mention.id if negative else minute
            found[hit.brand, key] = Count(hit.brand, mention.id, mention.created_at, negative)
    return list(found.values())


def spikes(rules: Rules, series: Sequence[Minutes], batch: Sequence[EnrichedMention]) -> Iterator[Finding]:
    """What the rules on rates find: the batch's negatives within the minutes of each spike."""
    for rule in rules.spikes:
        for minutes in series:
            if rule.brands and minutes.brand not in rule.brands:
                continue
            spike = detect(rule, Series(minutes.counts, minutes.since))
            if spike is None:
                continue
            end = datetime.fromtimestamp((spike.minute + 1) * 60, UTC)
            matter = Matter(rule, minutes.brand, "", window_start(end - timedelta(minutes=1), rule.window), spike.count)
            for enriched in batch:
                recent = end - rule.recent <= enriched.mention.created_at < end
                if recent and live(enriched) and _negative(enriched) and _about(enriched, minutes.brand):
                    yield Finding(matter, enriched)


def touch(finding: Finding) -> Touch:
    """The finding as the alert book enters it."""
    enriched = finding.enriched
    mention = enriched.mention
    text = reading_text(mention)
    return Touch(
        alert_id=finding.matter.id,
        sample=Sample(
            mention_id=mention.id,
            platform=mention.platform,
            text=text if len(text) <= LONGEST else text[: LONGEST - 1] + "…",
            created_at=mention.created_at,
            author_id=mention.author.id,
            author_name=mention.author.name,
            followers=Facts(enriched).followers,
            url=mention.url,
            evidence=enriched.insight.evidence,
        ),
        received_at=enriched.received_at,
        risk=any(intent.label == "risk" for intent in enriched.insight.intents),
        tally=finding.matter.tally,
    )


def alert(matter: Matter, state: AlertState) -> Alert:
    """The newest state of an alert as it travels."""
    rule = matter.rule
    return Alert(
        id=state.alert_id,
        rule=rule.name,
        brand=matter.brand,
        aspect=matter.aspect,
        severity=severity(rule.severity, count=state.count, max_followers=state.max_followers, risk=state.risk),
        count=state.count,
        window_start=matter.start,
        window_end=matter.start + rule.window,
        first_seen=state.first_seen,
        last_seen=state.last_seen,
        opened_at=state.opened_at,
        updated_at=state.updated_at,
        title=title(matter, state.count),
        samples=tuple(AlertSample(**msgspec.structs.asdict(sample)) for sample in state.samples),
        max_followers=state.max_followers,
        platforms=state.platforms,
        triggered_at=state.triggered_at,
    )


def title(matter: Matter, count: int) -> str:
    """The alert in one line, such as 【质量】云朵面膜：3 条负面反馈."""
    what = matter.rule.title or matter.rule.name
    if matter.aspect:
        return f"【{CHINESE[matter.aspect]}】{matter.brand}：{count} 条{what}"
    return f"【{what}】{matter.brand}：{count} 条{'负面' if matter.tally else ''}提及"


def _negative(enriched: EnrichedMention) -> bool:
    return enriched.insight.sentiment.label == "negative" and not Facts(enriched).spam


def _about(enriched: EnrichedMention, brand: str) -> bool:
    return any(hit.brand == brand for hit in enriched.brands)
