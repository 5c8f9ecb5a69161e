"""The page's sources: their own tests, and that they give exactly the files that are shipped."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from dashboards.pages import STATIC

WEB = STATIC.parent / "web"
TOOLS = WEB / "node_modules" / ".bin"

needs_node = pytest.mark.skipif(
    shutil.which("node") is None or not TOOLS.is_dir(),
    reason="no Node, or no node_modules: run `npm ci` in dashboards/web to try the page's sources",
)


def node(*command: str) -> None:
    done = subprocess.run([TOOLS / command[0], *command[1:]], cwd=WEB, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@needs_node
@pytest.mark.slow
def test_the_sources_pass_their_own_tests() -> None:
    node("vue-tsc", "--noEmit")
    node("vitest", "run")


@needs_node
@pytest.mark.slow
def test_the_sources_give_exactly_what_is_shipped(tmp_path: Path) -> None:
    node("vite", "build", "--outDir", str(tmp_path), "--emptyOutDir")

    assert files(tmp_path) == files(STATIC), "run `npm run build` in dashboards/web and commit dashboards/static"


def test_every_package_is_pinned_and_comes_from_the_public_registry() -> None:
    package = json.loads((WEB / "package.json").read_text())
    lock = json.loads((WEB / "package-lock.json").read_text())["packages"]

    for version in (package["dependencies"] | package["devDependencies"]).values():
        assert version[0].isdigit()
    for name, entry in lock.items():
        assert not name or entry["integrity"].startswith("sha512-"), name
        assert entry.get("resolved", "https://registry.npmjs.org/").startswith("https://registry.npmjs.org/"), name
