-- What else happened: few rows, so no partitions; the sorting key is the identity, the newest version stays.

CREATE TABLE IF NOT EXISTS duplicates
(
    mention_id  String CODEC(ZSTD(1)),
    origin      String CODEC(ZSTD(1)),
    platform    LowCardinality(String),
    received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1))
)
ENGINE = ReplacingMergeTree
ORDER BY (mention_id, origin);

-- Of two states of one alert the one that holds more mentions is newer, then the one written later.
CREATE TABLE IF NOT EXISTS alerts
(
    id            String,
    rule          LowCardinality(String),
    brand         LowCardinality(String),
    aspect        LowCardinality(String),
    severity      UInt8,
    count         UInt32,
    window_start  DateTime64(3, 'UTC'),
    window_end    DateTime64(3, 'UTC'),
    first_seen    DateTime64(3, 'UTC'),
    last_seen     DateTime64(3, 'UTC'),
    opened_at     DateTime64(3, 'UTC'),
    updated_at    DateTime64(3, 'UTC'),
    title         String CODEC(ZSTD(1)),
    samples       String CODEC(ZSTD(1)),
    max_followers UInt64,
    platforms     Array(LowCardinality(String)),
    triggered_at  Nullable(DateTime64(3, 'UTC')),
    version       UInt64 MATERIALIZED bitShiftLeft(toUInt64(count), 42) + toUnixTimestamp64Milli(updated_at)
)
ENGINE = ReplacingMergeTree(version)
ORDER BY id;

CREATE TABLE IF NOT EXISTS deliveries
(
    id           String,
    subscription LowCardinality(String),
    channel      LowCardinality(String),
    event        LowCardinality(String),
    alert_id     String,
    attempt      UInt16,
    at           DateTime64(3, 'UTC'),
    outcome      LowCardinality(String),
    status       UInt16,
    reason       String CODEC(ZSTD(1)),
    took_ms      UInt32,
    next_at      Nullable(DateTime64(3, 'UTC'))
)
ENGINE = ReplacingMergeTree(at)
ORDER BY (id, attempt);

CREATE TABLE IF NOT EXISTS dead_letters
(
    id     String,
    stage  LowCardinality(String),
    reason String CODEC(ZSTD(1)),
    at     DateTime64(3, 'UTC'),
    topic  LowCardinality(String),
    key    String CODEC(ZSTD(1)),
    origin String CODEC(ZSTD(1)),
    value  String CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(at)
ORDER BY id;
