"""Every setting there is: one frozen class a section of tingfeng.toml, one annotated line a key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from streams.settings.key import Key
from streams.settings.urls import require_scheme

Port = Annotated[int, Field(ge=0, le=65535)]


class Section(BaseModel):
    """A table of tingfeng.toml; a key that is not written here is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __repr_args__(self) -> Iterator[tuple[str | None, object]]:
        for field, value in super().__repr_args__():
            words = type(self).model_fields[field or ""].metadata
            key = next((word for word in words if isinstance(word, Key)), None)
            yield field, key.mask(value) if key else value


class Data(Section):
    """Where this machine keeps what must survive a restart."""

    dir: Annotated[Path, Key("folder of the embedded log, Redis and ClickHouse")] = Path("data")
    min_free_mb: Annotated[int, Field(ge=0), Key("free disk space below which nothing is started", "MB")] = 512


class Kafka(Section):
    """The broker."""

    url: Annotated[str, Key("kafka://host:port[,host:port]; empty = the durable log in data.dir")] = ""
    partitions: Annotated[int, Field(ge=1, le=1024), Key("partitions of a topic when it is created")] = 4
    replication: Annotated[
        int, Field(ge=0, le=16), Key("replicas of a topic when it is created; 0 = as the cluster is configured")
    ] = 0

    @field_validator("url")
    @classmethod
    def _url(cls, url: str) -> str:
        return require_scheme(url, ("kafka",))


class Redis(Section):
    """The store of profiles, seen ids and open alerts, and the way of the live feed."""

    url: Annotated[str, Key("redis://[user:password@]host:port/db; empty = a server of our own")] = ""
    max_memory_mb: Annotated[int, Field(ge=16), Key("memory bound of the server of our own", "MB")] = 512

    @field_validator("url")
    @classmethod
    def _url(cls, url: str) -> str:
        return require_scheme(url, ("redis", "rediss", "unix"))


class ClickHouse(Section):
    """The store of everything that is asked about later."""

    url: Annotated[str, Key("clickhouse://user:password@host:8123/database; empty = chDB in data.dir")] = ""

    @field_validator("url")
    @classmethod
    def _url(cls, url: str) -> str:
        return require_scheme(url, ("clickhouse", "clickhouses", "http", "https", "chdb"))


class Web(Section):
    """The pages, the API and the WebSocket."""

    host: Annotated[str, Field(min_length=1), Key("address to listen on")] = "127.0.0.1"
    port: Annotated[Port, Key("port to listen on; 0 = any free one")] = 8080
    api_key: Annotated[str, Key("bearer key that clients must send; empty = none asked", secret=True)] = ""


class Nlp(Section):
    """The model that reads the mentions."""

    model: Annotated[str, Key("folder of a model; empty = the built-in one")] = ""
    device: Annotated[Literal["auto", "cpu", "cuda", "mps"], Key("where it runs")] = "auto"
    threads: Annotated[int, Field(ge=0), Key("threads of one forward pass; 0 = one a core")] = 0
    batch_size: Annotated[int, Field(ge=0), Key("texts of one forward pass; 0 = chosen for the device", "texts")] = 0
    precision: Annotated[Literal["auto", "fp32", "bf16", "int8"], Key("number format of the weights")] = "auto"


class River(Section):
    """How much moves at once, how much may wait, how long it is kept."""

    batch: Annotated[int, Field(ge=1), Key("most mentions of one batch", "mentions")] = 512
    within_ms: Annotated[int, Field(ge=1), Key("longest wait for a batch to fill", "ms")] = 100
    max_backlog: Annotated[int, Field(ge=1), Key("unread mentions at which the intake answers 429", "mentions")] = (
        500_000
    )
    retention_hours: Annotated[int, Field(ge=1), Key("how long the embedded log keeps what was read", "h")] = 168
    retention_mb: Annotated[int, Field(ge=16), Key("how much of it the embedded log keeps, for each topic", "MB")] = (
        2048
    )
    dedupe_days: Annotated[int, Field(ge=1), Key("how long a mention id is remembered as seen", "days")] = 30
    max_body_mb: Annotated[int, Field(ge=1), Key("largest body of one intake request", "MB")] = 16


class Rules(Section):
    """When a human is called."""

    path: Annotated[Path | None, Key("rules file, read again when it changes; none = the built-in rules")] = None


class Brands(Section):
    """What is listened for."""

    path: Annotated[Path | None, Key("brands file; none = every mention counts as about its search keyword")] = None


class Subscription(Section):
    """One place that alerts are sent to: a [[subscriptions]] table."""

    name: Annotated[str, Field(min_length=1), Key("name shown with its deliveries; unique")]
    url: Annotated[str, Field(min_length=1), Key("address that is called", secret=True)]
    channel: Annotated[Literal["webhook", "dingtalk"], Key("how it is called")] = "webhook"
    secret: Annotated[str, Key("key that signs the calls", secret=True)] = ""
    events: Annotated[tuple[str, ...], Key("events wanted; empty = all")] = ()
    brands: Annotated[tuple[str, ...], Key("brands wanted; empty = all")] = ()
    rules: Annotated[tuple[str, ...], Key("rules wanted, by name; empty = all")] = ()
    min_severity: Annotated[int, Field(ge=1, le=10), Key("least severity wanted, 1 to 10")] = 1

    @field_validator("url")
    @classmethod
    def _url(cls, url: str) -> str:
        return require_scheme(url, ("https", "http"))


class Delivery(Section):
    """How long and where to deliveries are tried."""

    max_age_hours: Annotated[
        int, Field(ge=1), Key("age of mentions at which their alert is not sent, only noted", "h")
    ] = 72
    allow_private: Annotated[bool, Key("whether addresses inside private networks may be called")] = False


class Log(Section):
    """What the processes say."""

    level: Annotated[Literal["debug", "info", "warning", "error"], Key("least level shown")] = "info"


class Settings(Section):
    """Everything that can be set. Read once at start, handed down, never changed."""

    data: Data = Data()
    kafka: Kafka = Kafka()
    redis: Redis = Redis()
    clickhouse: ClickHouse = ClickHouse()
    web: Web = Web()
    nlp: Nlp = Nlp()
    river: River = River()
    rules: Rules = Rules()
    brands: Brands = Brands()
    delivery: Delivery = Delivery()
    log: Log = Log()
    subscriptions: tuple[Subscription, ...] = ()

    @field_validator("subscriptions")
    @classmethod
    def _names_differ(cls, subscriptions: tuple[Subscription, ...]) -> tuple[Subscription, ...]:
        names = [one.name for one in subscriptions]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"the name {twice[0]!r} is given twice")
        return subscriptions
