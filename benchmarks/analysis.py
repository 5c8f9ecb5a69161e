"""How fast mentions are read: our analyzer, the plain `transformers` pipeline on the same weights, and the machine.

    python -m benchmarks.analysis [--model FOLDER] [--texts 512] [--rounds 3] [--json]

The texts are 30 characters long, all different, and made here; every head is read. The limit is what this machine's
float32 matrix product would do with the model's multiplications and nothing else. Rounds alternate, the best counts.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import torch

from nlp.analyzer import BUILT_IN, load
from nlp.models.config import ReaderConfig, read_config
from nlp.reading import ReadingAnalyzer
from nlp.text import normal_form
from nlp.tokens import Tokens

LENGTH = 30
PIPELINE_BATCHES = (8, 16, 32, 64)
OUR_BATCHES = (1, 32, 256)

_WHO = ("我妈", "同事", "室友", "邻居", "表姐", "老板", "客户", "女儿")
_WHAT = ("手机", "面霜", "奶茶", "跑鞋", "耳机", "酸奶", "沙发", "空调", "键盘", "外套")
_DID = ("上周买的", "刚收到", "用了半年", "双十一抢的", "昨天退掉的", "朋友送的")
_SAYS = (
    "质量真的不行，客服还一直不回复消息，太让人失望了", "特别好用，下次还会再来买，推荐给身边的每一个人",
    "请问现在还有货吗，什么时候能发出，能不能开发票", "包装很简单，不过物流快，价格也算合适，一般般吧",
    "没几天就坏了，申请退款三天没人处理，准备去投诉", "颜色和图片上差不多，尺寸偏大一点，其他没有毛病",
)  # fmt: skip


def texts() -> Iterator[str]:
    """Different texts of one length, without end."""
    chance = random.Random(30)
    seen: set[str] = set()
    while True:
        opening = f"{chance.choice(_WHO)}{chance.choice(_DID)}{chance.choice(_WHAT)}{chance.randrange(10_000)}号，"
        text = (opening + chance.choice(_SAYS) * 2)[:LENGTH]
        if text not in seen:
            seen.add(text)
            yield text


def pipeline(folder: Path) -> Callable[[int, Sequence[str]], object]:
    """The plain way: `pipeline("text-classification")`, one head, so many texts a batch."""
    from transformers import AutoTokenizer, BertForSequenceClassification
    from transformers import pipeline as make
    from transformers.utils import logging

    silence: Any = logging
    silence.set_verbosity_error()
    network = BertForSequenceClassification.from_pretrained(folder, num_labels=3, dtype=torch.float32)
    plain: Any = make(
        "text-classification", model=network, tokenizer=AutoTokenizer.from_pretrained(folder), device="cpu"
    )
    return lambda size, given: plain(list(given), batch_size=size)


def in_batches(analyzer: ReadingAnalyzer, size: int) -> Callable[[Sequence[str]], None]:
    """Our way, so many texts a call; nothing is remembered, since no text comes twice."""

    def run(given: Sequence[str]) -> None:
        for start in range(0, len(given), size):
            analyzer.analyze(given[start : start + size])

    return run


def matrix_limit() -> float:
    """Multiplications and additions a second of a large float32 product on all cores."""
    left, right = torch.randn(2048, 2048), torch.randn(2048, 2048)
    best = 0.0
    with torch.inference_mode():
        for _ in range(8):
            start = time.perf_counter()
            torch.mm(left, right)
            best = max(best, 2 * 2048**3 / (time.perf_counter() - start))
    return best


def work(config: ReaderConfig, tokens: float) -> float:
    """Multiplications and additions that a text of so many tokens needs."""
    width = config.hidden_size
    layer = 2 * tokens * (4 * width * width + 2 * width * config.intermediate_size) + 4 * tokens * tokens * width
    return float(config.num_hidden_layers * layer)


def memory(model: str) -> dict[str, float]:
    """Resident MB of a process that only analyzes: after import, loaded, and after 2,000 texts."""
    code = (
        "import sys, json; from itertools import islice\n"
        "from benchmarks.analysis import load, resident, texts\n"
        "a, b, given = resident(), load(sys.argv[1], device='cpu'), texts()\n"
        "c = resident()\n"
        "for _ in range(8): b.analyze(list(islice(given, 256)))\n"
        "print(json.dumps({'imports': a, 'loaded': c, 'working': resident()}))"
    )
    out = subprocess.run([sys.executable, "-c", code, model], check=True, capture_output=True, text=True).stdout
    found: dict[str, float] = json.loads(out)
    return found


def resident() -> float:
    """Resident MB of this process."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def measure(model: str, count: int, rounds: int) -> dict[str, Any]:
    """Texts a second of every way, the best of alternating rounds, and what to hold them against."""
    folder = Path(model) if model else BUILT_IN
    ours, exact = (load(model, device="cpu", precision=name) for name in ("auto", "fp32"))
    plain = pipeline(folder)
    ways: dict[str, Callable[[Sequence[str]], object]] = {
        **{f"ours, {ours.precision}, batch {size}": in_batches(ours, size) for size in OUR_BATCHES},
        "ours, fp32, batch 256": in_batches(exact, 256),
        **{f"pipeline, batch {size}": partial(plain, size) for size in (1, *PIPELINE_BATCHES)},
    }
    given, rates, limit = texts(), dict.fromkeys(ways, 0.0), 0.0
    for _ in range(rounds):
        limit = max(limit, matrix_limit())
        for name, way in ways.items():
            batch = list(islice(given, count))
            start = time.perf_counter()
            way(batch)
            rates[name] = max(rates[name], count / (time.perf_counter() - start))
    reader = read_config(folder)
    tokens = mean_tokens(folder, list(islice(given, 256)))
    return {
        "machine": {"cores": len(os.sched_getaffinity(0)), "gemm_gflops": limit / 1e9, "load": os.getloadavg()[0]},
        "model": ours.model,
        "tokens": tokens,
        "texts_per_second": rates,
        "limit": limit / work(reader, tokens),
        "memory_mb": memory(model),
    }


def ratios(found: dict[str, Any]) -> dict[str, float]:
    """What is promised, as ratios."""
    rates: dict[str, float] = found["texts_per_second"]
    best = max(rate for name, rate in rates.items() if name.startswith("ours"))
    plain = {name: rate for name, rate in rates.items() if name.startswith("pipeline")}
    return {
        "to the pipeline at its default batch": best / plain["pipeline, batch 1"],
        "to the pipeline at its best batch": best / max(plain.values()),
        "to the float32 matrix limit": best / found["limit"],
    }


def mean_tokens(folder: Path, given: Sequence[str]) -> float:
    """Tokens of a text, its two marks included."""
    windows = Tokens.load(folder, 256).windows([normal_form(text) for text in given])
    return sum(len(window.ids) for each in windows for window in each) / len(given)


def table(found: dict[str, Any]) -> str:
    """The result for a person."""
    machine, kept = found["machine"], found["memory_mb"]
    lines = [
        f"{found['model']}: {LENGTH} characters, {found['tokens']:.1f} tokens; {machine['cores']} cores, "
        f"{machine['gemm_gflops']:.0f} GFLOP/s, load {machine['load']:.1f}",
        *(f"{name:<28}{rate:>9.0f} texts/s" for name, rate in found["texts_per_second"].items()),
        f"{'limit of float32':<28}{found['limit']:>9.0f} texts/s",
        *(f"{name:<40}{ratio:>7.2f}" for name, ratio in found["ratios"].items()),
        "resident MB: " + ", ".join(f"{name} {size:.0f}" for name, size in kept.items()),
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="", help="a folder of our weights; the built-in ones if left out")
    parser.add_argument("--texts", type=int, default=512, help="texts a way and round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = measure(given.model, given.texts, given.rounds)
    found["ratios"] = ratios(found)
    print(json.dumps(found, ensure_ascii=False, indent=2) if given.json else table(found))


if __name__ == "__main__":
    main()
