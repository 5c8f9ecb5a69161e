"""Records to rows: what each table of ClickHouse keeps of a record."""

from __future__ import annotations

import msgspec

from sinks.rows import AlertRow, DeadLetterRow, DeliveryRow, DuplicateRow, MentionRow
from streams.records import Alert, DeadLetter, Delivery, Duplicate, EnrichedMention

_encode_samples = msgspec.json.Encoder().encode


def mention_row(enriched: EnrichedMention) -> MentionRow:
    """The row of one mention."""
    mention, insight, customer = enriched.mention, enriched.insight, enriched.customer
    author, engagement, scores = mention.author, mention.engagement, insight.sentiment.scores
    hits = enriched.brands
    return MentionRow(
        id=mention.id,
        platform=mention.platform,
        kind=mention.kind,
        title=mention.title,
        text=mention.text,
        created_at=mention.created_at,
        received_at=enriched.received_at,
        enriched_at=enriched.enriched_at,
        author_id=author.id,
        author_name=author.name,
        author_followers=author.followers,
        author_verified=author.verified,
        likes=engagement.likes,
        comments=engagement.comments,
        shares=engagement.shares,
        collects=engagement.collects,
        views=engagement.views,
        url=mention.url,
        thread_id=mention.thread_id,
        parent_id=mention.parent_id,
        region=mention.region,
        keyword=mention.keyword,
        repairs=mention.repairs,
        sentiment=insight.sentiment.label,
        negative=scores.get("negative", 0.0),
        neutral=scores.get("neutral", 0.0),
        positive=scores.get("positive", 0.0),
        intents_label=[intent.label for intent in insight.intents],
        intents_score=[intent.score for intent in insight.intents],
        aspects_label=[aspect.label for aspect in insight.aspects],
        aspects_polarity=[aspect.polarity for aspect in insight.aspects],
        aspects_score=[aspect.score for aspect in insight.aspects],
        evidence=insight.evidence,
        spam=insight.spam,
        model=insight.model,
        customer_id=customer.id,
        customer_mentions=customer.mentions,
        customer_negatives=customer.negatives,
        customer_since=customer.first_seen,
        customer_followers=customer.followers,
        customer_influence=customer.influence,
        brands=[hit.brand for hit in hits],
        products=[product for hit in hits for product in hit.products],
        terms=[term for hit in hits for term in hit.terms],
        cluster_id=enriched.cluster_id,
        text_id=enriched.text_id,
        origin=enriched.origin,
    )


def duplicate_row(duplicate: Duplicate) -> DuplicateRow:
    """The row of one duplicate."""
    return DuplicateRow(duplicate.mention_id, duplicate.origin, duplicate.platform, duplicate.received_at)


def alert_row(alert: Alert) -> AlertRow:
    """The row of one state of an alert."""
    return AlertRow(
        id=alert.id,
        rule=alert.rule,
        brand=alert.brand,
        aspect=alert.aspect,
        severity=alert.severity,
        count=alert.count,
        window_start=alert.window_start,
        window_end=alert.window_end,
        first_seen=alert.first_seen,
        last_seen=alert.last_seen,
        opened_at=alert.opened_at,
        updated_at=alert.updated_at,
        title=alert.title,
        samples=_encode_samples(alert.samples).decode(),
        max_followers=alert.max_followers,
        platforms=alert.platforms,
        triggered_at=alert.triggered_at,
    )


def delivery_row(delivery: Delivery) -> DeliveryRow:
    """The row of one attempt to deliver."""
    return DeliveryRow(
        id=delivery.id,
        subscription=delivery.subscription,
        channel=delivery.channel,
        event=delivery.event,
        alert_id=delivery.alert_id,
        attempt=delivery.attempt,
        at=delivery.at,
        outcome=delivery.outcome,
        status=delivery.status,
        reason=delivery.reason,
        took_ms=delivery.took_ms,
        next_at=delivery.next_at,
    )


def dead_letter_row(letter: DeadLetter) -> DeadLetterRow:
    """The row of one dead letter."""
    return DeadLetterRow(
        id=letter.id,
        stage=letter.stage,
        reason=letter.reason,
        at=letter.at,
        topic=letter.topic,
        key=letter.key,
        origin=letter.origin,
        value=letter.value,
    )
