"""Real processes: starting, stopping without dropping anybody, and one sentence when they cannot."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from shared.testing.product import opened
from shared.testing.until import until
from tests.shared.sample import product

ROOT = Path(__file__).parents[2]
START = 40.0


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


def environment(folder, **settings):
    kept = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    return kept | {"RK_DATA": str(folder / "data")} | settings


def run(folder, *arguments, timeout=60, **settings):
    return subprocess.run(
        [sys.executable, "-m", "tests.shared.sample", *arguments],
        cwd=ROOT,
        env=environment(folder, **settings),
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


class Running:
    """A process of the sample, from its first sign of life to its end."""

    def __init__(self, folder, *arguments, **settings):
        self.port = free_port()
        named = {"RK_PORT": str(self.port), "RK_PUBLIC_URL": f"http://127.0.0.1:{self.port}"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.shared.sample", *arguments],
            cwd=ROOT,
            env=environment(folder, **named | settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def until_ready(self):
        line = self.process.stdout.readline()
        assert f":{self.port}" in line, line or self.process.stderr.read()
        return self

    def until_it_answers(self):
        until = time.monotonic() + START
        while time.monotonic() < until and self.process.poll() is None:
            with contextlib.suppress(OSError):
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return self
        raise AssertionError(self.process.stderr.read())

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), 30)

    def get(self, path):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as answer:
            return answer.read().decode()

    def end(self):
        with contextlib.suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(40)
        finally:
            self.process.kill()
            self.process.wait()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("embedded")


@pytest.fixture(scope="module")
def embedded(folder):
    """Everything in one process, started as a person would."""
    running = Running(folder).until_ready()
    yield running
    running.end()


def test_one_command_starts_everything(embedded):
    until(lambda: json.loads(embedded.get("/health/ready"))["ready"])
    assert "Histoires" in embedded.get("/")


def test_a_second_process_on_the_same_data_is_refused_with_a_sentence(embedded, folder):
    second = run(folder, RK_PORT=str(free_port()))
    assert second.returncode == 2
    assert "Another process already runs" in second.stderr
    assert "RK_DATA" in second.stderr
    assert "Traceback" not in second.stderr


def test_what_cannot_be_opened_ends_the_process_and_is_said(tmp_path):
    (tmp_path / "data" / "log.sqlite").mkdir(parents=True)
    ended = run(tmp_path, RK_PORT=str(free_port()))
    assert ended.returncode == 3
    assert '"event": "start.failed"' in ended.stderr
    assert "LogUnavailable" in ended.stderr


def test_a_port_that_is_taken_is_told_in_a_sentence(embedded, tmp_path):
    second = run(tmp_path, RK_PORT=str(embedded.port))
    assert second.returncode == 2
    assert "RK_PORT" in second.stderr
    assert second.stderr.count("\n") == 1


def received(connection, what):
    got = b""
    while what not in got:
        more = connection.recv(65536)
        if not more:
            break
        got += more
    return got


def test_what_is_too_large_is_answered_while_it_is_still_being_sent(embedded):
    connection = embedded.connect()
    size = 64 * 1024 * 1024
    head = f"POST /telling/stories HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n"
    connection.sendall(f"{head}Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode())
    connection.sendall(b"title=")
    answer = received(connection, b"</html>").decode()
    connection.close()
    assert answer.startswith("HTTP/1.1 413 ")
    assert "trop lourd" in answer


def test_stopping_finishes_the_request_being_answered(tmp_path):
    """Half of a request is in; SIGTERM; the other half; the answer comes, then the process ends."""
    running = Running(tmp_path).until_ready()
    body = b"title=Grand-m%C3%A8re+Kalle"
    connection = running.connect()
    connection.sendall(
        b"POST /telling/stories HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n"
        + f"Content-Length: {len(body)}\r\n\r\n".encode()
    )
    assert b"100 Continue" in received(connection, b"\r\n\r\n")  # it is in the application's hands
    connection.sendall(body[:5])
    running.process.send_signal(signal.SIGTERM)
    with pytest.raises(subprocess.TimeoutExpired):
        running.process.wait(1)  # it does not end while somebody waits for an answer
    connection.sendall(body[5:])
    answer = received(connection, b"</html>").decode()
    connection.close()
    assert answer.startswith("HTTP/1.1 401 ")  # nobody is signed in: an answer, not a cut line
    assert "Entrez" in answer
    assert running.end() == 0


def test_a_web_process_of_one_service_serves_it_alone(tmp_path):
    settings = {"RK_METRICS_PORT": str(free_port())}
    opened(product, tmp_path / "data").close()
    running = Running(tmp_path, "counting", "web", **settings).until_it_answers()
    assert json.loads(running.get("/health/ready"))["ready"]
    with pytest.raises(OSError, match="404"):
        running.get("/telling/stories")
    assert running.end() == 0


def test_a_worker_says_how_it_is_and_stops_when_told(tmp_path):
    port = free_port()
    settings = {"RK_METRICS_PORT": str(port)}
    opened(product, tmp_path / "data").close()
    running = Running(tmp_path, "counting", "worker", **settings)
    running.port = port
    running.until_it_answers()
    assert json.loads(running.get("/health/live"))["live"]
    assert "rk_outbox_depth" in running.get("/metrics")
    assert running.end() == 0


def test_a_wrong_setting_ends_the_process_with_one_sentence(tmp_path):
    ended = run(tmp_path, RK_PORT="many")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "Réglage : RK_PORT is 'many': write a whole number.\n"
