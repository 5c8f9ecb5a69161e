"""What may be asked of alerts and mentions: the query parameters of the API, checked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

Name = Annotated[str, Field(max_length=100)]


class Question(BaseModel):
    """What every list understands."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    brand: Name = ""
    since: AwareDatetime | None = Field(default=None, description="ISO 8601 with a zone")
    limit: int = Field(default=100, ge=1, le=1000)
    offset: int = Field(default=0, ge=0, le=1_000_000)


class AlertQuestion(Question):
    """Which alerts; `since` is when they changed last."""

    rule: Name = ""
    min_severity: int = Field(default=0, ge=0, le=10)


class MentionQuestion(Question):
    """Which mentions; `since` and `until` are when they were written."""

    until: AwareDatetime | None = Field(default=None, description="ISO 8601 with a zone")
    platform: Name = ""
    sentiment: Literal["", "negative", "neutral", "positive"] = ""
    intent: Name = ""
    aspect: Name = ""
    words: Annotated[str, Field(max_length=200, description="a part of title or text")] = ""
