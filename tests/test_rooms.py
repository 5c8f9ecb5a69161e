"""The house rules: which room a line may live in, where imports cannot show it.

Imports between rooms are checked by `lint-imports`, see pyproject.toml.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).parent.parent
ROOMS = ("streams", "nlp", "sinks", "dashboards")
SOURCES = sorted(
    path for room in ROOMS for path in (HOUSE / room).rglob("*.py") if not {"node_modules", "web"} & set(path.parts)
)
TESTS = sorted((HOUSE / "tests").rglob("*.py"))

# Rooms that decide: no clock, no waiting.
PURE = ("streams/steps", "streams/sources", "streams/rules", "streams/records.py", "streams/topics.py", "nlp/text.py")
# The only reader of the environment.
ENVIRONMENT = ("streams/settings/load.py",)
# Where a person is spoken to on the terminal.
TERMINALS = ("streams/cli", "streams/ingest", "streams/demo")

# The folder of the built-in model is a constant, and one of its tests takes it away.
PATCHED = frozenset({"tests/nlp/test_analyzer.py"})
# Tried by the tests that run the whole command or the whole product.
TRIED_BY_RUNNING = frozenset(
    {
        "streams/cli/analyze.py",
        "streams/cli/demo.py",
        "streams/cli/doctor.py",
        "streams/cli/evaluate.py",
        "streams/cli/migrate.py",
        "streams/cli/model.py",
        "streams/cli/options.py",
        "streams/cli/running.py",
        "streams/cli/serve.py",
        "streams/cli/train.py",
        "streams/cli/up.py",
        "streams/cli/version.py",
        "streams/cli/worker.py",
        "streams/demo/show.py",
        "streams/embedded/tether.py",
        "streams/reading.py",
        "streams/roles.py",
        "streams/runtime.py",
        "streams/settings/errors.py",
        "streams/settings/key.py",
        "streams/settings/sources.py",
        "streams/steps/attach.py",
        "streams/steps/settle.py",
        "streams/steps/ticker.py",
        "streams/transport/broker.py",
        "streams/transport/errors.py",
        "streams/transport/log/broker.py",
        "streams/transport/log/driver.py",
        "streams/transport/log/files.py",
        "streams/transport/log/frame.py",
        "streams/transport/log/log.py",
        "streams/transport/log/offsets.py",
        "streams/transport/log/partition.py",
        "streams/transport/log/retention.py",
        "streams/transport/log/segment.py",
        "streams/transport/partitioner.py",
        "streams/watchdog.py",
    }
)

LONGEST_FILE = 300
LONGEST_FUNCTION = 60


def name(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=name(path))


def called(path: Path) -> Iterator[tuple[int, str]]:
    return ((node.lineno, ast.unparse(node.func)) for node in ast.walk(tree(path)) if isinstance(node, ast.Call))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def within(path: Path, places: tuple[str, ...]) -> bool:
    return any(name(path) == place or name(path).startswith(f"{place}/") for place in places)


def found(lines: Iterator[tuple[Path, int, str]]) -> list[str]:
    return [f"{name(path)}:{line}: {what}" for path, line, what in lines]


def test_only_the_settings_read_the_environment() -> None:
    reads = {"os.environ", "os.environb", "os.getenv", "os.getenvb"}
    assert not found(
        (path, node.lineno, ast.unparse(node))
        for path in SOURCES
        if not within(path, ENVIRONMENT)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and ast.unparse(node) in reads
    )


def test_what_decides_is_given_the_time() -> None:
    clocks = ("time.time", "time.monotonic", "datetime.now", "datetime.utcnow", "datetime.today", "date.today")
    assert not found(
        (path, line, what)
        for path in SOURCES
        if within(path, PURE)
        for line, what in called(path)
        if what.endswith(clocks)
    )


def test_what_decides_never_waits() -> None:
    waits = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    assert not found(
        (path, node.lineno, "async")
        for path in SOURCES
        if within(path, PURE)
        for node in ast.walk(tree(path))
        if isinstance(node, waits)
    )


def test_only_the_terminal_is_printed_to() -> None:
    assert not found(
        (path, line, what)
        for path in SOURCES
        if not within(path, TERMINALS)
        for line, what in called(path)
        if what in {"print", "pprint", "breakpoint"}
    )


def test_tests_use_fakes_and_patch_nothing() -> None:
    patches = ("patch", "patch.object", "monkeypatch.setattr", "monkeypatch.setitem", "MagicMock", "AsyncMock")
    assert not found(
        (path, line, what)
        for path in TESTS
        if name(path) not in PATCHED
        for line, what in called(path)
        if what.endswith(patches)
    )


def test_no_test_sleeps_for_luck() -> None:
    sleeps = [path for path in TESTS if path.name.startswith("test_")]
    assert not found((path, line, what) for path in sleeps for line, what in called(path) if what == "time.sleep")


def test_files_fit_on_a_few_screens() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert not {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE}


def test_functions_fit_on_one_screen() -> None:
    assert not found(
        (path, node.lineno, node.name)
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    )


def test_every_file_is_tried_by_a_test() -> None:
    """By the test that mirrors its path, by the one that mirrors its folder, or by one that imports it."""
    imported = {what for path in TESTS for what in imports(path)}
    untried = []
    for path in SOURCES:
        here = path.relative_to(HOUSE)
        mirrors = (here.with_name(f"test_{path.name}"), here.parent.with_name(f"test_{here.parent.name}.py"))
        module = ".".join(here.with_suffix("").parts)
        tried = module in imported or any((HOUSE / "tests" / mirror).exists() for mirror in mirrors)
        if not tried and not path.name.startswith("__") and name(path) not in TRIED_BY_RUNNING:
            untried.append(name(path))
    assert not untried
