"""The vocabulary of the product: every label a model may give, in the order of its output units."""

from __future__ import annotations

from typing import Final

SENTIMENTS: Final = ("negative", "neutral", "positive")

INTENTS: Final = (
    "complaint",
    "inquiry",
    "purchase",
    "aftersales",
    "praise",
    "advocacy",
    "suggestion",
    "churn",
    "risk",
    "spam",
)

ASPECTS: Final = (
    "quality",
    "effect",
    "safety",
    "logistics",
    "price",
    "service",
    "packaging",
    "authenticity",
    "appearance",
    "stock",
    "software",
    "taste",
    "hygiene",
    "fit",
    "environment",
    "content",
)

#: States of one aspect, in the order of its four output units.
ASPECT_STATES: Final = ("absent", "negative", "neutral", "positive")

CHINESE: Final[dict[str, str]] = {
    "negative": "负面", "neutral": "中性", "positive": "正面",
    "complaint": "投诉吐槽", "inquiry": "咨询", "purchase": "购买意向", "aftersales": "售后求助",
    "praise": "表扬", "advocacy": "推荐", "suggestion": "建议", "churn": "流失", "risk": "风险", "spam": "广告",
    "quality": "质量", "effect": "效果", "safety": "安全", "logistics": "物流", "price": "价格", "service": "服务",
    "packaging": "包装", "authenticity": "真伪", "appearance": "外观", "stock": "库存", "software": "软件",
    "taste": "口味", "hygiene": "卫生", "fit": "尺寸手感", "environment": "环境", "content": "内容",
}  # fmt: skip
