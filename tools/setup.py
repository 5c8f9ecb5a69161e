"""Make .venv, once: `make setup`. Needs Python 3.11 or newer and nothing else.

Torch comes first, since the plain package index would bring a build for graphics cards of several gigabytes. Where no
such card is seen, the build for processors is taken, from the first of these that has it:

  1. a wheel on this machine that pip is configured to find (find-links)
  2. PyTorch's own index of processor builds, if it answers within five seconds
  3. the plain package index, with a line that says what it costs
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import time
import tomllib
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).resolve().parent.parent
VENV = HOUSE / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
PINS = HOUSE / "constraints.txt"
HELD = ("-c", str(PINS))
STAMP = VENV / ".setup-done"
CPU_INDEX = "https://download.pytorch.org/whl/cpu"


def main() -> None:
    """Bring .venv to what pyproject.toml and constraints.txt ask for, or see that it is there already."""
    wanted = fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted and PYTHON.exists():
        return
    started = time.monotonic()
    make_venv()
    install_uv()
    install_torch()
    install_rest()
    STAMP.write_text(wanted)
    say(f"done in {time.monotonic() - started:.0f} s")


def fingerprint() -> str:
    """What .venv was made from: changed dependencies, pins or Python make it due again."""
    asked: list[object] = [project()[table] for table in ("project", "dependency-groups", "build-system")]
    made: list[object] = [
        str(HOUSE),
        sys.version,
        PINS.read_text(encoding="utf-8"),
    ]  # an editable install points at its folder
    return hashlib.sha256(json.dumps([asked, made]).encode()).hexdigest()


def make_venv() -> None:
    """The virtual environment itself."""
    if PYTHON.exists():
        return
    say(f"making {VENV} with Python {platform.python_version()}")
    for module in ("venv", "virtualenv"):
        if subprocess.run([sys.executable, "-m", module, str(VENV)], stdout=subprocess.DEVNULL).returncode == 0:
            return
        shutil.rmtree(VENV, ignore_errors=True)
    sys.exit("setup: this Python cannot make a virtual environment: install python3-venv, or `pip install virtualenv`")


def install_uv() -> None:
    """uv, which installs ten times faster than pip; without it pip does it all."""
    if not UV.exists() and run(PYTHON, "-m", "pip", "install", "--quiet", *HELD, "uv") != 0:
        say("uv cannot be had, pip goes on without it")


def install_torch() -> None:
    """Torch in the build that fits this machine, unless one is there already."""
    there = "import importlib.metadata as installed; installed.version('torch')"
    if subprocess.run([PYTHON, "-c", there], stderr=subprocess.DEVNULL).returncode == 0:
        return
    if sys.platform != "linux" or has_graphics_card():
        install("torch")
    elif wheel := local_processor_build():
        say(f"torch: the processor build found on this machine, {wheel}")
        install(wheel)
    elif answers(f"{CPU_INDEX}/torch/"):
        say(f"torch: the processor build from {CPU_INDEX}")
        install("torch", "--index-url", CPU_INDEX)
    else:
        say("torch: no processor build can be reached, the plain index brings one for graphics cards (about 3 GB)")
        install("torch")


def has_graphics_card() -> bool:
    """Whether the driver of an NVIDIA card answers."""
    program = shutil.which("nvidia-smi")
    return program is not None and subprocess.run([program, "-L"], capture_output=True).returncode == 0


def local_processor_build() -> str | None:
    """The wheel of torch that pip is configured to find on this machine, where it is a processor build."""
    command = [PYTHON, "-m", "pip", "install", "--dry-run", "--quiet", "--no-index", "--no-deps", "--report", "-"]
    answer = subprocess.run([*command, *HELD, "torch"], capture_output=True, text=True)
    if answer.returncode != 0:
        return None
    (found,) = json.loads(answer.stdout)["install"]
    wheel: str = found["download_info"]["url"]
    return wheel if found["metadata"]["version"].endswith("+cpu") and wheel.startswith("file:") else None


def answers(url: str) -> bool:
    """Whether `url` can be had here, quickly."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, method="HEAD"), timeout=5):
            return True
    except (urllib.error.URLError, TimeoutError):
        return False


def install_rest() -> None:
    """Everything else, and this project itself in place."""
    say("installing what pyproject.toml asks for")
    install("--editable", str(HOUSE), *project()["dependency-groups"]["dev"])


def install(*arguments: str) -> None:
    """Install with uv, or where uv cannot, with pip, whose configuration knows mirrors and certificates."""
    if UV.exists() and run(UV, "pip", "install", "--python", PYTHON, *HELD, *index(), *arguments) == 0:
        return
    if run(PYTHON, "-m", "pip", "install", *HELD, *arguments) != 0:
        sys.exit("setup: the installation failed, see above; `make setup` again goes on from there")


def index() -> list[str]:
    """The index that pip is configured with: uv does not read that by itself."""
    answer = subprocess.run([PYTHON, "-m", "pip", "config", "list"], capture_output=True, text=True).stdout
    found = dict(line.split("=", 1) for line in answer.splitlines() if "=" in line)
    url = found.get(":env:.index-url") or found.get("install.index-url") or found.get("global.index-url")
    return ["--default-index", url.strip("'")] if url else []


def project() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))


def run(*command: str | Path) -> int:
    """Run a command in sight of the user."""
    return subprocess.run(command, env=os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}).returncode


def say(words: str) -> None:
    """One line of progress."""
    print(f"setup: {words}", flush=True)


if __name__ == "__main__":
    main()
