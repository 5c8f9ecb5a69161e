-- How much was said, by minute and by hour. `facet` says what `label` is: 'all' (no label; `sentiment` is the mention's),
-- 'intent' (the same), 'aspect' (`sentiment` is what was said of the aspect). A mention of two brands stands under both,
-- one of none under ''. Each state is the exact set of mention ids (8 bytes each): inserting a mention again changes
-- nothing, and a replay repairs a view that a crash cut off. Read with uniqExactMerge(mentions).

CREATE TABLE IF NOT EXISTS minutes
(
    facet     Enum8('all' = 1, 'intent' = 2, 'aspect' = 3),
    brand     LowCardinality(String),
    at        DateTime64(0, 'UTC') CODEC(Delta, ZSTD(1)),
    platform  LowCardinality(String),
    label     LowCardinality(String),
    sentiment LowCardinality(String),
    mentions  AggregateFunction(uniqExact, UInt64) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
ORDER BY (facet, brand, at, platform, label, sentiment);

CREATE MATERIALIZED VIEW IF NOT EXISTS minutes_of_mentions TO minutes AS
SELECT
    facts.1 AS facet,
    brand,
    toDateTime64(toStartOfMinute(created_at), 0, 'UTC') AS at,
    platform,
    facts.2 AS label,
    facts.3 AS sentiment,
    uniqExactState(sipHash64(id)) AS mentions
FROM
(
    SELECT
        id,
        platform,
        created_at,
        arrayJoin(if(empty(brands), [''], arrayMap(name -> toString(name), brands))) AS brand,
        arrayJoin(arrayConcat(
            [('all', '', toString(mentions.sentiment))],
            arrayMap(label -> ('intent', toString(label), toString(mentions.sentiment)), intents.label),
            arrayMap((label, polarity) -> ('aspect', toString(label), toString(polarity)), aspects.label, aspects.polarity)
        )) AS facts
    FROM mentions
)
GROUP BY facet, brand, at, platform, label, sentiment;

CREATE TABLE IF NOT EXISTS hours
(
    facet     Enum8('all' = 1, 'intent' = 2, 'aspect' = 3),
    brand     LowCardinality(String),
    at        DateTime64(0, 'UTC') CODEC(Delta, ZSTD(1)),
    platform  LowCardinality(String),
    label     LowCardinality(String),
    sentiment LowCardinality(String),
    mentions  AggregateFunction(uniqExact, UInt64) CODEC(ZSTD(1))
)
ENGINE = AggregatingMergeTree
ORDER BY (facet, brand, at, platform, label, sentiment);

CREATE MATERIALIZED VIEW IF NOT EXISTS hours_of_mentions TO hours AS
SELECT
    facts.1 AS facet,
    brand,
    toDateTime64(toStartOfHour(created_at), 0, 'UTC') AS at,
    platform,
    facts.2 AS label,
    facts.3 AS sentiment,
    uniqExactState(sipHash64(id)) AS mentions
FROM
(
    SELECT
        id,
        platform,
        created_at,
        arrayJoin(if(empty(brands), [''], arrayMap(name -> toString(name), brands))) AS brand,
        arrayJoin(arrayConcat(
            [('all', '', toString(mentions.sentiment))],
            arrayMap(label -> ('intent', toString(label), toString(mentions.sentiment)), intents.label),
            arrayMap((label, polarity) -> ('aspect', toString(label), toString(polarity)), aspects.label, aspects.polarity)
        )) AS facts
    FROM mentions
)
GROUP BY facet, brand, at, platform, label, sentiment;
