"""The page of the ten minutes: its commands, as they stand there, tried in a shell."""

import html
import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.testing.part import LOOPBACK
from tests.deploy.processes import Process

_TRY = re.compile(r'<pre class="rk-code" data-try><code>(.*?)</code></pre>', re.DOTALL)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Everything in one process, empty: nobody has granted anything to anybody."""
    data = tmp_path_factory.mktemp("empty")
    process = Process("everything-web", ["python", "-m", "services"], {"RK_DATA": str(data)})
    address = f"http://{LOOPBACK}:{process.port}"
    process.environment["RK_PUBLIC_URL"] = address
    with process:
        yield address


def curl(*arguments: str) -> str:
    done = subprocess.run(["curl", "-sS", *arguments], capture_output=True, text=True, check=True)
    return done.stdout


def shell(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["bash", "-eu", "-c", script],
        cwd=folder,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.feature("Y3")
def test_the_commands_of_the_page_lead_to_a_first_event_within_ten_minutes(address, tmp_path):
    began = time.monotonic()
    page = curl(f"{address}/integration/premier-evenement")
    steps = [html.unescape(step) for step in _TRY.findall(page)]
    assert len(steps) == 4
    parted = "\necho ----\n".join(steps)
    done = shell(parted, tmp_path)
    assert done.returncode == 0, done.stderr
    key, sent, read, again = (part.strip() for part in done.stdout.split("----"))
    assert re.fullmatch(r"rke_[a-z0-9]{8}_[\w-]{43}", key)
    assert json.loads(sent)["sandbox"] is True
    assert json.loads(read) == [json.loads(sent)]
    assert again == "[]"
    assert done.stderr == ""
    assert time.monotonic() - began < 60


def test_the_command_of_each_event_s_page_works_too(address, tmp_path):
    key = curl("-X", "POST", "-H", "Accept: text/plain", f"{address}/integration/sandbox").strip()
    catalogue = curl(f"{address}/integration/")
    kinds = sorted(set(re.findall(r"/integration/evenements/([\w.-]+)", catalogue)))
    assert len(kinds) > 70
    page = curl(f"{address}/integration/evenements/{kinds[0]}")
    command = html.unescape(re.findall(r"<code>(curl .*?)</code>", page)[0])
    done = shell(f"CLE={key}\n{command}", tmp_path)
    assert json.loads(done.stdout)["type"] == kinds[0], done.stderr


def test_every_address_that_the_pages_name_answers(address):
    for path in ("", "premier-evenement", "lire"):
        page = curl(f"{address}/integration/{path}")
        for href in set(re.findall(r'href="(/integration/[^"#?]*)"', page)):
            status = curl("-o", os.devnull, "-w", "%{http_code}", address + href)
            assert status == "200", href
