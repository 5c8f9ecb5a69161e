"""A real Apache Kafka for the tests, found in this order: the address in TINGFENG_TEST_KAFKA, ../shared/kafka beside
the checkout, a Kafka home in KAFKA_HOME, Docker. Else the tests that need it are skipped by name."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
import uuid
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "kafka"
START_SECONDS = 60.0
IMAGE = "apache/kafka:4.1.0"


def place() -> str:
    """Which Kafka the tests take, in words; "" if there is none."""
    if address := os.environ.get("TINGFENG_TEST_KAFKA"):
        return f"the one at {address}"
    if (SHARED / "start").exists() and shutil.which("java"):
        return "../shared/kafka"
    if home := os.environ.get("KAFKA_HOME"):
        return f"KAFKA_HOME ({home})"
    if shutil.which("docker") and subprocess.run(["docker", "info"], capture_output=True, check=False).returncode == 0:
        return f"Docker ({IMAGE})"
    return ""


def pytest_report_header() -> str:
    """Say which Kafka it will be."""
    return f"kafka: {place() or 'none (its tests are skipped)'}"


class KafkaServer:
    """One broker process on a free port, its state in `directory`; it can be killed and started again."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"kafka://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        self.directory.mkdir(parents=True, exist_ok=True)
        with (self.directory / "output").open("ab") as output:
            self._process = subprocess.Popen(
                self._command(), stdout=output, stderr=output, start_new_session=True, env=self._environment()
            )
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            if _answers(self.port):
                return
            time.sleep(0.05)
        self.kill()
        raise RuntimeError(f"the Kafka of the tests ({place()}) does not start: see {self.directory}/output")

    def kill(self) -> None:
        """kill -9, with everything it started."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """Close it in good order."""
        self._signal(signal.SIGTERM)

    def _signal(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None and process.poll() is None:
            os.killpg(process.pid, number)
            process.wait(30)

    def _command(self) -> Sequence[str]:
        if place() == "../shared/kafka":
            return [str(SHARED / "start"), str(self.directory / "data"), str(self.port)]
        if home := os.environ.get("KAFKA_HOME"):
            return ["sh", "-ec", self._own_start(Path(home))]
        return ["docker", "run", "--rm", "--network", "host", *self._docker_settings(), IMAGE]

    def _own_start(self, home: Path) -> str:
        properties = self.directory / "server.properties"
        lines = {**_SETTINGS, "log.dirs": str(self.directory / "data"), **self._listeners(), "node.id": "1"}
        properties.write_text("\n".join(f"{key}={value}" for key, value in lines.items()))
        format_once = f"{home}/bin/kafka-storage.sh format -g -t tingfengtestsAAAAAAAAA -c {properties}"
        return f"{format_once}; exec {home}/bin/kafka-server-start.sh {properties}"

    def _docker_settings(self) -> Sequence[str]:
        settings = {**_SETTINGS, **self._listeners(), "node.id": "1", "log.dirs": "/tmp/kafka"}
        names = {f"KAFKA_{key.upper().replace('.', '_')}": value for key, value in settings.items()}
        return [part for name, value in names.items() for part in ("-e", f"{name}={value}")]

    def _listeners(self) -> dict[str, str]:
        controller = self.port + 1
        return {
            "listeners": f"PLAINTEXT://127.0.0.1:{self.port},CONTROLLER://127.0.0.1:{controller}",
            "advertised.listeners": f"PLAINTEXT://127.0.0.1:{self.port}",
            "controller.quorum.voters": f"1@127.0.0.1:{controller}",
        }

    def _environment(self) -> dict[str, str]:
        return {"KAFKA_HEAP": "256m", **os.environ}


_SETTINGS = {
    "process.roles": "broker,controller",
    "controller.listener.names": "CONTROLLER",
    "auto.create.topics.enable": "false",
    "offsets.topic.replication.factor": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "group.initial.rebalance.delay.ms": "0",
    "group.min.session.timeout.ms": "1000",
}


def _free_port() -> int:
    """A free port whose neighbour, for the controller, is free too."""
    while True:
        with socket.socket() as first, socket.socket() as second:
            first.bind(("127.0.0.1", 0))
            port: int = first.getsockname()[1]
            try:
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@pytest.fixture(scope="session")
def kafka_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one broker for the whole session; topics must be named apart (`unique`)."""
    if address := os.environ.get("TINGFENG_TEST_KAFKA"):
        yield address if "://" in address else f"kafka://{address}"
        return
    if not place():
        pytest.skip("no Kafka: set TINGFENG_TEST_KAFKA or KAFKA_HOME, or start Docker")
    server = KafkaServer(tmp_path_factory.mktemp("kafka"))
    server.start()
    yield server.url
    server.kill()


@pytest.fixture
def unique() -> str:
    """A name that nobody else uses: for topics and groups."""
    return f"t{uuid.uuid4().hex[:10]}"
