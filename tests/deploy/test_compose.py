"""The files of the distributed mode: rendered by Compose, read by hadolint and promtool."""

import json
import re
import shlex
import stat
import subprocess
from pathlib import Path

import pytest
import sqlalchemy as sa

from services.__main__ import product
from shared.run.serve import GRACE
from shared.run.settings import Settings, SettingsError, described
from shared.testing.parts import POM, Kafka
from tests.deploy.composition import COMPOSE, ROOT, Composition, make_env

DEPLOY = ROOT / "deploy"
PROCESSES = {f"{name}-{kind}" for name in product.names for kind in ("web", "worker")}
JOBS = {"migrate", "topics", "demonstration"}
PARTS = {"postgres", "kafka", "gateway", "prometheus", "grafana"}


@pytest.fixture(scope="module")
def env(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_env(tmp_path_factory.mktemp("compose") / "env")


@pytest.fixture(scope="module")
def compose(env: Path) -> Composition:
    return Composition(env)


def test_each_service_of_the_product_has_a_web_and_a_worker_and_nothing_else_is_there(compose):
    assert set(compose.services) == PROCESSES | JOBS | PARTS
    for name in PROCESSES:
        service, kind = name.rsplit("-", 1)
        wanted = ["python", "-m", "services", service, kind]
        assert compose.services[name]["command"] == wanted


def test_a_process_knows_the_password_of_its_own_database_only(compose):
    passwords = {}
    for name in PROCESSES:
        service = name.rsplit("-", 1)[0]
        known = compose.environment(name)["DATABASE_PASSWORDS"]
        assert re.fullmatch(rf"{service}=[\w-]{{20,}}", known)
        passwords[service] = known
    assert len(set(passwords.values())) == len(product.names)
    everything = ",".join(passwords[service] for service in product.names)
    assert compose.environment("migrate")["DATABASE_PASSWORDS"] == everything
    assert compose.environment("postgres")["DATABASES"] == everything


def test_a_password_that_lacks_is_told_by_its_name(compose):
    given = Settings.read(compose.environment("procurement-web"))
    assert given.database_of("procurement").endswith("@postgres:5432/procurement")
    with pytest.raises(SettingsError, match="no password of directory"):
        given.database_of("directory")


def test_a_password_may_hold_what_a_url_may_not():
    given = Settings(
        database_url="postgresql://{service}:{password}@host/{service}",
        database_passwords="directory=p@ss/w:rd#1, planning=x",
        kafka_bootstrap_servers="kafka:9092",
    )
    assert sa.make_url(given.database_of("directory")).password == "p@ss/w:rd#1"


def test_another_kafka_takes_the_place_of_the_one_in_the_file(env):
    services = Composition(env, files=("deploy/compose.kafka-elsewhere.yml",)).services
    assert "kafka" not in services
    for service in services.values():
        assert "kafka" not in service.get("depends_on", {})


def test_only_the_process_that_opens_sessions_can_sign(compose):
    signing = {n for n in compose.services if "TOKEN_PRIVATE_KEY" in compose.environment(n)}
    assert signing == {"directory-web"}
    private = json.loads(compose.environment("directory-web")["TOKEN_PRIVATE_KEY"])
    public = json.loads(compose.environment("monitoring-web")["TOKEN_PUBLIC_KEYS"])
    assert [key["kid"] for key in public["keys"]] == [private["kid"]]
    assert "d" not in public["keys"][0]


def test_every_setting_in_the_file_is_one_that_the_product_reads(compose):
    known = {item["name"] for item in described()}
    for name in PROCESSES | JOBS:
        assert compose.environment(name).keys() <= known


def test_kafka_can_be_secured_from_the_environment(env):
    given = {
        "KAFKA_SECURITY_PROTOCOL": "SASL_SSL",
        "KAFKA_SASL_MECHANISM": "SCRAM-SHA-512",
        "KAFKA_SASL_USERNAME": "rond-koze",
        "KAFKA_SASL_PASSWORD": "a$b",
        "KAFKA_SSL_CAFILE": "/files/ca.pem",
    }
    compose = Composition(env, tuple(given.items()))
    for name in PROCESSES | {"topics", "demonstration"}:
        assert given.items() <= compose.environment(name).items()


def test_no_container_is_root_writes_to_its_image_or_gains_rights(compose):
    for name, service in compose.services.items():
        assert int(service["user"].split(":")[0]) > 0, name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "privileged" not in service, name
        assert ":" in service["image"], name
        assert not service["image"].endswith(":latest"), name


def test_a_process_has_longer_to_stop_than_it_takes_to_finish(compose):
    for name in PROCESSES | {"gateway"}:
        minutes, seconds = re.fullmatch(
            r"(?:(\d+)m)?(\d+)s", compose.services[name]["stop_grace_period"]
        ).groups()
        assert int(minutes or 0) * 60 + int(seconds) > GRACE, name


def test_what_runs_for_ever_is_probed_and_started_again(compose):
    for name in PROCESSES | PARTS:
        assert compose.services[name]["restart"] == "unless-stopped"
        assert compose.services[name]["healthcheck"]["test"]
    for name in JOBS:
        assert compose.services[name]["restart"] in {"no", "on-failure:3"}


def test_nothing_starts_before_what_it_needs(compose):
    def waits(name: str) -> dict[str, str]:
        wanted = compose.services[name].get("depends_on", {})
        return {other: how["condition"] for other, how in wanted.items()}

    done, healthy = "service_completed_successfully", "service_healthy"
    assert waits("migrate") == {"postgres": healthy}
    assert waits("topics") == {"kafka": healthy}
    for service in product.names:
        assert waits(f"{service}-web") == {"migrate": done}
        assert waits(f"{service}-worker") == {"migrate": done, "topics": done}
    # A service that is down keeps nobody else from starting.
    assert waits("gateway") == {}
    assert waits("demonstration") == {f"{name}-worker": healthy for name in product.names}


def test_only_the_gateway_is_reached_from_outside(compose):
    for name, service in compose.services.items():
        for port in service.get("ports", []):
            if name != "gateway":
                assert port["host_ip"] == "127.0.0.1", name
    assert compose.networks["inside"]["internal"] is True
    outside = {n for n, s in compose.services.items() if "outside" in s["networks"]}
    assert outside == {"gateway", "directory-worker", "prometheus", "grafana"}


def test_the_file_says_which_secret_is_missing(tmp_path):
    empty = tmp_path / "env"
    empty.write_text("")
    with pytest.raises(AssertionError, match="run deploy/make-env"):
        _ = Composition(empty).services


def test_the_secrets_are_for_their_owner_and_made_once(env):
    assert stat.S_IMODE(env.stat().st_mode) == 0o600
    before = env.read_text()
    done = subprocess.run(
        [DEPLOY / "make-env", env], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert "nothing was changed" in done.stderr
    assert env.read_text() == before
    assert len(set(re.findall(r"_PASSWORD=(\S+)", before))) == len(product.names) + 2


def test_compose_and_the_tests_run_the_same_broker(compose):
    version = re.search(r"kafka_2.13</artifactId>\s*<version>([\d.]+)<", POM.read_text())
    assert compose.services["kafka"]["image"] == f"apache/kafka:{version[1]}"


def test_the_broker_formats_its_folder_once_with_the_file_it_then_reads(compose, tmp_path):
    shell = compose.services["kafka"]["command"][-1].replace("$$", "$")
    tool, *options = shlex.split(shell.split("&&")[0])
    assert tool.endswith("/kafka-storage.sh")
    file = next(v for v in compose.services["kafka"]["volumes"] if v["type"] == "bind")
    assert options[-1] == file["target"]
    moved = tmp_path / "server.properties"
    moved.write_text(Path(file["source"]).read_text().replace("/var/lib/kafka", str(tmp_path)))
    cluster = compose.environment("kafka")["CLUSTER_ID"]
    given = [option.replace("$CLUSTER_ID", cluster) for option in options[:-1]]
    for _ in range(2):
        command = Kafka()._run("kafka.tools.StorageTool", *given, str(moved))
        command = [part for part in command if "log4j2" not in part]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
    assert f"cluster.id={cluster}" in (tmp_path / "data" / "meta.properties").read_text()


def test_mounted_files_are_there_in_every_mode_of_the_gateway(env):
    for mode in ("plain", "tls", "behind"):
        services = Composition(env, (("GATEWAY_MODE", mode),)).services
        for service in services.values():
            for volume in service.get("volumes", []):
                if volume["type"] == "bind":
                    assert Path(volume["source"]).exists(), volume
                    assert volume["read_only"] is True


def test_compose_and_hadolint_find_nothing_to_say(env):
    for command in (
        [COMPOSE, "--env-file", env, "--file", ROOT / "docker-compose.yml", "config", "--quiet"],
        [COMPOSE.with_name("hadolint"), DEPLOY / "Dockerfile"],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_image_takes_only_hashed_packages_and_is_not_root():
    text = (DEPLOY / "Dockerfile").read_text()
    assert "--require-hashes" in text
    assert re.search(r"^USER 10001:10001$", text, re.MULTILINE)
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".env", ".git"} <= set(ignored)
    for folder in re.findall(r"^COPY (\w+) /app", text, re.MULTILINE):
        assert folder not in ignored
