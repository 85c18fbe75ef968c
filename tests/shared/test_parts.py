"""The real parts start, serve, come back after a kill, and end with whoever started them."""

import os
import signal
import subprocess
import sys
import textwrap
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest
from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka.admin import NewTopic

from shared.testing import keeper
from shared.testing.part import Part, PartFailed
from shared.testing.parts import Nginx, free_port

ROOT = Path(__file__).parents[2]


def make_topic(kafka, name):
    admin = KafkaAdminClient(bootstrap_servers=kafka.bootstrap_servers)
    admin.create_topics([NewTopic(name, 1, 1)])
    admin.close()


def produce(kafka, topic, *values):
    producer = KafkaProducer(bootstrap_servers=kafka.bootstrap_servers)
    for value in values:
        producer.send(topic, value).get(timeout=30)
    producer.close()


def consume(kafka, topic, count):
    consumer = KafkaConsumer(
        topic,
        bootstrap_servers=kafka.bootstrap_servers,
        auto_offset_reset="earliest",
        consumer_timeout_ms=20_000,
    )
    values = [next(consumer).value for _ in range(count)]
    consumer.close()
    return values


def wait_until_gone(pid, seconds=15):
    lives = keeper.watch(pid)
    deadline = time.monotonic() + seconds
    while lives():
        assert time.monotonic() < deadline, f"process {pid} is still there"
        time.sleep(0.05)


def test_kafka_serves_what_was_sent(kafka, topic_prefix):
    make_topic(kafka, topic_prefix + "greetings")
    produce(kafka, topic_prefix + "greetings", b"bonjour", b"bonzour")
    assert consume(kafka, topic_prefix + "greetings", 2) == [b"bonjour", b"bonzour"]


def test_kafka_keeps_what_it_acknowledged_when_killed(own_kafka):
    make_topic(own_kafka, "greetings")
    produce(own_kafka, "greetings", b"before")
    own_kafka.kill()
    assert own_kafka.pid is None
    own_kafka.start()
    produce(own_kafka, "greetings", b"after")
    assert consume(own_kafka, "greetings", 2) == [b"before", b"after"]


def test_postgresql_gives_each_service_its_own_database(database_urls):
    url = database_urls("decision", "planning")
    with psycopg.connect(url.format(service="decision")) as connection:
        connection.execute("CREATE TABLE votes (id int)")
    foreign_role = url.replace("{service}", "planning", 1)
    with pytest.raises(psycopg.OperationalError, match="permission denied"):
        psycopg.connect(foreign_role.format(service="decision"))


def test_postgresql_keeps_what_it_committed_when_killed(own_postgresql):
    url = own_postgresql.create_database("decision")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE votes AS SELECT 1 AS id")
    own_postgresql.kill()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    own_postgresql.start()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT id FROM votes").fetchall() == [(1,)]


def get(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return answer.read()


def nginx_configuration(port, body):
    return textwrap.dedent(f"""
        worker_processes 1;
        events {{}}
        http {{
            client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            access_log off;
            server {{
                listen 127.0.0.1:{port};
                location / {{ return 200 "{body}"; }}
            }}
        }}
    """)


def test_nginx_serves_comes_back_and_is_stopped():
    port = free_port()
    with Nginx(nginx_configuration(port, "bonjour"), port=port) as nginx:
        workers = keeper.family(nginx.pid)
        assert get(nginx.url) == b"bonjour"
        nginx.kill()
        for pid in workers:
            wait_until_gone(pid)
        nginx.configuration = nginx_configuration(port, "bonzour")
        nginx.start()
        assert get(nginx.url) == b"bonzour"
    assert not nginx.folder.exists()


def test_a_part_that_does_not_start_says_why():
    nginx = Nginx("nonsense on;", port=free_port())
    with pytest.raises(PartFailed, match="unknown directive"):
        nginx.start()
    assert not nginx.folder.exists()


def test_the_browser_shows_a_page(page):
    page.set_content("<html lang='fr'><title>Kozé</title><h1>Bonjour</h1>")
    assert page.title() == "Kozé"
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Indian/Reunion"


class Sleeper(Part):
    """The smallest part: no program to install, so the keeper is tested on any machine."""

    name = "sleeper"

    def command(self):
        return [sys.executable, "-S", "-c", "import time; time.sleep(600)"]

    def is_ready(self):
        return True


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_part_ends_with_the_process_that_started_it(end):
    program = (
        "import signal, time\n"
        # Even where the tests themselves were started in the background, deaf to it.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from tests.shared.test_parts import Sleeper\n"
        "sleeper = Sleeper().start()\n"
        "print(sleeper.pid, sleeper.folder, flush=True)\n"
        "time.sleep(600)\n"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    pid, folder = owner.stdout.readline().split()
    owner.send_signal(end)
    owner.wait(timeout=60)
    owner.stdout.close()
    wait_until_gone(int(pid))
    deadline = time.monotonic() + 10
    while Path(folder).exists():
        assert time.monotonic() < deadline, "its folder is still there"
        time.sleep(0.05)


def test_a_part_ends_with_its_keeper():
    sleeper = Sleeper().start()
    pid = sleeper.pid
    os.kill(sleeper.keeper_pid, signal.SIGKILL)
    wait_until_gone(pid)
    sleeper.discard()


SESSION = """
import pathlib, time, pytest

@pytest.mark.parametrize("number", range(4))
def test_uses_it(postgresql, number, request):
    here = pathlib.Path(__file__).parent
    (here / f"{number}.pid").write_text(f"{postgresql.pid}")
    while (here / "wait").exists():
        time.sleep(0.05)
"""


def session(folder):
    """A test session of its own, with two workers that share one PostgreSQL."""
    (folder / "test_session.py").write_text(SESSION)
    options = ["-n", "2", "-q", "-p", "no:cacheprovider", "-p", "tests.conftest"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    with (folder / "output").open("wb") as output:
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml")),
                *(*options, f"--rootdir={folder}", str(folder)),
            ],
            cwd=ROOT,
            env=clean,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def pids_used(folder):
    return {int(file.read_text() or 0) for file in folder.glob("*.pid")}


def test_shared_parts_are_started_once_and_end_with_the_session(postgresql, tmp_path):
    running = session(tmp_path)
    assert running.wait(timeout=60) == 0, (tmp_path / "output").read_text()
    (pid,) = pids_used(tmp_path)
    wait_until_gone(pid)


def test_shared_parts_end_with_a_session_that_is_killed(postgresql, tmp_path):
    (tmp_path / "wait").touch()
    running = session(tmp_path)
    deadline = time.monotonic() + 30
    while not (used := pids_used(tmp_path) - {0}):
        assert time.monotonic() < deadline, (tmp_path / "output").read_text()
        time.sleep(0.05)
    running.kill()
    running.wait()
    (tmp_path / "wait").unlink()
    (pid,) = used
    wait_until_gone(pid)
