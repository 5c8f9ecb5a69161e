from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import torch

from nlp import analyzer
from nlp.analyzer import Analyzer, ModelError, NullAnalyzer, load
from tests.nlp.tiny import tiny_classifier, tiny_folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_folder(tmp_path_factory.mktemp("mine"))


def test_a_folder_of_your_own_training_is_loaded(folder: Path) -> None:
    loaded: Analyzer = load(str(folder), device="cpu", threads=1, precision="fp32")
    assert loaded.model == f"{folder.name}-1"
    assert [insight.model for insight in loaded.analyze(["等了一个星期", "好用"])] == [loaded.model] * 2


def test_left_alone_it_measures_and_keeps_a_precision(folder: Path) -> None:
    assert load(str(folder), device="cpu").precision in ("fp32", "int8", "bf16")


def test_loading_twice_gives_the_same_answers(folder: Path) -> None:
    one, two = (load(str(folder), device="cpu", precision="fp32").analyze(["物流快，包装差"]) for _ in range(2))
    assert one == two


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"device": "tpu9"}, "device is 'tpu9'"),
        ({"precision": "fp8"}, "precision is 'fp8', not one of"),
    ],
)
def test_settings_that_do_not_fit_are_one_clear_line(folder: Path, given: dict[str, str], reason: str) -> None:
    with pytest.raises(ModelError, match=reason) as caught:
        load(str(folder), **given)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)


@pytest.mark.skipif(torch.cuda.is_available(), reason="this machine has a GPU")
def test_a_gpu_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(ModelError, match="no CUDA GPU that torch can use"):
        load(str(folder), device="cuda")


def test_missing_weights_are_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyzer, "BUILT_IN", tmp_path / "nowhere")
    with pytest.raises(ModelError, match=r"nowhere/config\.json does not exist$"):
        load()


def test_a_reader_without_its_tensors_is_told(tmp_path: Path) -> None:
    (tiny_folder(tmp_path) / "model.safetensors").unlink()
    with pytest.raises(ModelError, match=r"model\.safetensors does not exist"):
        load(str(tmp_path))


def test_the_null_analyzer_finds_everything_neutral() -> None:
    insights = NullAnalyzer().analyze(["太差了", ""])
    assert [(insight.sentiment.label, insight.model) for insight in insights] == [("neutral", "null")] * 2


def test_the_built_in_way_imports_no_transformers() -> None:
    code = "import sys, nlp.analyzer, nlp.lines; sys.exit('transformers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_somebody_elses_sentiment_goes_with_our_other_heads(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analyzer, "BUILT_IN", folder)
    theirs = str(tiny_classifier(tmp_path, "positive", "neutral", "negative"))
    [insight] = load(theirs, device="cpu", precision="fp32").analyze(["等了一个星期还没发货"])
    [ours] = load(device="cpu", precision="fp32").analyze(["等了一个星期还没发货"])
    assert insight.model == theirs
    assert (insight.intents, insight.aspects) == (ours.intents, ours.aspects)
    assert insight.sentiment.scores != ours.sentiment.scores


def test_a_model_that_is_nowhere_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded") as caught:
        load(str(tmp_path / "nowhere"), device="cpu")
    assert "\n" not in str(caught.value)
